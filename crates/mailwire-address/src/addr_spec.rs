//! `local-part@domain`.

use crate::defect::{AddressDefect, Defects, Halves};
use crate::dialect::Allow;
use crate::found::Found;
use crate::read::attempt;
use crate::scan::{Scan, Trouble};
use crate::{Address, Dialect, Domain, LocalPart, clean, expected};
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use mailwire_core::ParseError;

/// An address: where mail goes, without the name beside it.
///
/// Grammar: `addr-spec = local-part "@" domain` ([RFC 5322 §3.4.1], with the obsolete forms of §4.4 and the UTF-8
/// of RFC 6532). [`parse`](Self::parse) reads one in a [`Dialect`]; in lists a bare word without `@` is taken too; it has no [`domain`](Self::domain).
///
/// `Display` writes the canonical form: no comments, no white space around dots, the local part quoted only where
/// it has to be (a local part of misplaced dots that came without quotes stays without). It never holds CR, LF or
/// NUL.
///
/// Two addresses are equal if their local parts say the same, however quoted, and their domains are equal but for the
/// case of ASCII letters: no more than that is promised by RFC 5321 §2.4.
///
/// ```
/// use mailwire_address::addresses;
///
/// let mailbox = addresses(b"(Ned) ned . \"van den\"@(at) example.com").mailboxes().next().unwrap();
/// let address = mailbox.address().unwrap();
/// assert_eq!(address.to_string(), "\"ned.van den\"@example.com");
/// assert_eq!(address.as_str(), None);
/// ```
///
/// [RFC 5322 §3.4.1]: https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1
#[derive(Clone, Copy)]
pub struct AddrSpec<'a> {
    raw: Raw<'a>,
    at: usize,
    defects: Halves,
}

/// An address as it stands in the value, by its form.
#[derive(Clone, Copy)]
enum Raw<'a> {
    AsRead(&'a [u8]),
    Canonical(&'a [u8]),
    Verbatim(&'a [u8]),
    /// Canonical, and known to be UTF-8.
    Text(&'a str),
}

/// How the bytes of an address are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// They may hold comments, folds and needless quotes.
    AsRead,
    /// They are what `Display` writes.
    Canonical,
    /// They say what they are: there is no grammar behind them.
    Verbatim,
}

impl<'a> AddrSpec<'a> {
    /// An address in canonical form with its `@` at `at`, and nothing to report.
    #[inline]
    pub(crate) fn canonical(raw: &'a [u8], at: usize) -> Self {
        Self { raw: Raw::Canonical(raw), at, defects: Halves::default() }
    }

    /// The same of a text.
    #[inline]
    pub(crate) fn text(text: &'a str, at: usize) -> Self {
        Self { raw: Raw::Text(text), at, defects: Halves::default() }
    }

    /// The same with one thing to report.
    pub(crate) fn with(self, defect: AddressDefect) -> Self {
        Self { defects: Defects(Allow::of(defect).0).into(), ..self }
    }

    pub(crate) fn new(raw: &'a [u8], at: usize, form: Form, defects: Defects) -> Self {
        let raw = match form {
            Form::AsRead => Raw::AsRead(raw),
            Form::Canonical => Raw::Canonical(raw),
            Form::Verbatim => Raw::Verbatim(raw),
        };
        Self { raw, at, defects: defects.into() }
    }

    /// Reads an address that is all of `input`.
    ///
    /// # Errors
    ///
    /// At the first byte that the dialect has no place for.
    ///
    /// ```
    /// use mailwire_address::{AddrSpec, Dialect};
    ///
    /// let address = AddrSpec::parse("øyvind@blåbær.example".as_bytes(), Dialect::SMTPUTF8)?;
    /// assert!(address.needs_smtputf8());
    /// let error = AddrSpec::parse(b"ann@example.com>", Dialect::SMTP).unwrap_err();
    /// assert_eq!(error.to_string(), "expected end of address at byte 15, found `>`");
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    #[inline]
    pub fn parse(input: &'a [u8], dialect: Dialect) -> Result<Self, ParseError> {
        match clean::whole(input) {
            Some(address) => Ok(address),
            None => Self::read(input, dialect, Ending::Whole).map(|(address, _)| address),
        }
    }

    /// Reads an address at the start of `input`, and says how many bytes it has. What follows is for the caller to judge:
    /// `>` in a path, a space or the end in a command.
    ///
    /// # Errors
    ///
    /// At the first byte that the dialect has no place for.
    ///
    /// ```
    /// use mailwire_address::{AddrSpec, Dialect};
    ///
    /// let (address, len) = AddrSpec::parse_prefix(b"\"a b\"@example.com> SIZE=1000", Dialect::SMTP)?;
    /// assert_eq!((address.to_string().as_str(), len), ("\"a b\"@example.com", 17));
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    #[inline]
    pub fn parse_prefix(input: &'a [u8], dialect: Dialect) -> Result<(Self, usize), ParseError> {
        if let Some(address) = clean::prefix(input) {
            let len = address.raw().len();
            // An obsolete domain may go on behind a gap.
            let ends = !dialect.allows(Allow::GAPS)
                || !matches!(input.get(len), Some(b' ' | b'\t' | b'\r' | b'\n' | b'('));
            if ends {
                return Ok((address, len));
            }
        }
        Self::read(input, dialect, Ending::Anywhere)
    }

    fn read(input: &'a [u8], dialect: Dialect, ending: Ending) -> Result<(Self, usize), ParseError> {
        let (address, len, found) = Self::read_with(input, dialect, ending, Found::default())?;
        if dialect.refuses(found.bits()) == 0 {
            return Ok((address, len));
        }
        let (_, _, found) = Self::read_with(input, dialect, ending, Found::tracing())?;
        Err(expected::error(input, &found, dialect))
    }

    fn read_with(
        input: &'a [u8],
        dialect: Dialect,
        ending: Ending,
        found: Found,
    ) -> Result<(Self, usize, Found), ParseError> {
        let gaps = dialect.allows(Allow::GAPS);
        let mut scan = if gaps { Scan::new(input) } else { Scan::without_gaps(input) };
        scan.found = found;
        let trouble = |scan: &Scan<'_>, trouble| match trouble {
            Trouble::LineBreak => ParseError::new(input, scan.pos, "a fold"),
            Trouble::Comment => ParseError::new(input, input.len(), "`)`"),
        };
        scan.cfws().map_err(|error| trouble(&scan, error))?;
        let attempt = attempt(&mut scan).map_err(|error| trouble(&scan, error))?;
        let Some(address) = attempt.accept(&mut scan) else { return Err(attempt.error(&scan)) };
        if ending == Ending::Whole {
            scan.cfws().map_err(|error| trouble(&scan, error))?;
            if scan.pos < input.len() {
                return Err(ParseError::new(input, scan.pos, "end of address"));
            }
        }
        let address = Self { defects: scan.found.defects().into(), ..address };
        Ok((address, attempt.end, scan.found))
    }

    /// The address, owned and in canonical form. `None` for a bare word, and for an address with a control character in it,
    /// which no server takes.
    ///
    /// ```
    /// use mailwire_address::{AddrSpec, Dialect};
    ///
    /// let address = AddrSpec::parse(b"(Ann) ann @ example . com", Dialect::IMF_OBS)?;
    /// assert_eq!(address.to_address().unwrap().as_str(), "ann@example.com");
    /// # Ok::<(), mailwire_core::ParseError>(())
    /// ```
    pub fn to_address(&self) -> Option<Address> {
        Address::from_spec(self)
    }

    pub(crate) fn form(&self) -> Form {
        match self.raw {
            Raw::AsRead(_) => Form::AsRead,
            Raw::Canonical(_) | Raw::Text(_) => Form::Canonical,
            Raw::Verbatim(_) => Form::Verbatim,
        }
    }

    /// What is odd about it.
    pub fn defects(&self) -> Defects {
        self.defects.whole()
    }

    /// Whether a server has to know `SMTPUTF8` to take it (RFC 6531): it is not ASCII. A domain that is not can be made so,
    /// with `DomainName::to_ascii` of feature `idna`; a local part cannot.
    pub fn needs_smtputf8(&self) -> bool {
        !self.raw().is_ascii()
    }

    /// The address as it stands in the value, comments and folds inside it included.
    #[inline]
    pub fn raw(&self) -> &'a [u8] {
        match self.raw {
            Raw::AsRead(raw) | Raw::Canonical(raw) | Raw::Verbatim(raw) => raw,
            Raw::Text(text) => text.as_bytes(),
        }
    }

    /// What stands before the `@`.
    pub fn local_part(&self) -> LocalPart<'a> {
        let raw = self.raw().get(..self.at).unwrap_or(self.raw());
        if self.form() == Form::Verbatim { LocalPart::verbatim(raw) } else { LocalPart::new(raw) }
    }

    /// What stands behind the `@`; `None` for a bare word.
    pub fn domain(&self) -> Option<Domain<'a>> {
        let raw = self.raw().get(self.at + 1..)?;
        Some(if self.form() == Form::Verbatim { Domain::verbatim(raw) } else { Domain::new(raw) })
    }

    /// The canonical form, when that is how it stands in the value.
    #[inline]
    pub fn as_str(&self) -> Option<&'a str> {
        match self.raw {
            Raw::AsRead(_) => None,
            Raw::Canonical(raw) | Raw::Verbatim(raw) => core::str::from_utf8(raw).ok(),
            Raw::Text(text) => Some(text),
        }
    }
}

impl PartialEq for AddrSpec<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.local_part() == other.local_part() && self.domain() == other.domain()
    }
}

impl Eq for AddrSpec<'_> {}

impl Hash for AddrSpec<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.local_part().hash(state);
        self.domain().hash(state);
    }
}

impl PartialOrd for AddrSpec<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By local part, then by domain.
impl Ord for AddrSpec<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.local_part().cmp(&other.local_part()).then_with(|| self.domain().cmp(&other.domain()))
    }
}

impl fmt::Display for AddrSpec<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.as_str() {
            return f.write_str(text);
        }
        let local = self.local_part();
        match self.domain() {
            Some(domain) => write!(f, "{local}@{domain}"),
            // Without its quotes it could be read as a name.
            None => crate::text::write_quoted(&local.unquoted(), f),
        }
    }
}

impl fmt::Debug for AddrSpec<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AddrSpec({:?})", mailwire_core::Escaped(self.raw()))
    }
}

/// Whether anything may follow an address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Whole,
    Anywhere,
}

/// Whether `input` is "a valid email address" of HTML: what a browser takes in `<input type=email>`.
///
/// ```
/// use mailwire_address::is_html5_email;
///
/// assert!(is_html5_email(b"a..b@localhost"));
/// assert!(!is_html5_email(b"\"a b\"@example.com"));
/// ```
pub fn is_html5_email(input: &[u8]) -> bool {
    AddrSpec::parse(input, Dialect::HTML5).is_ok()
}
