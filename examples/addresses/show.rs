//! What is said of one value, for people.

use mailwire::address::{AddrSpec, AddressDefect, Addresses, Dialect, ForwardPath, Item, Mailbox, addresses};
use mailwire::core::{Defect, DefectKind, Escaped, ParseError};
use std::io::{self, Write};

const DIALECTS: &[(&str, Dialect)] = &[
    ("SMTP", Dialect::SMTP),
    ("SMTPUTF8", Dialect::SMTPUTF8),
    ("IMF", Dialect::IMF),
    ("IMF obsolete", Dialect::IMF_OBS),
    ("web form", Dialect::WEB),
    ("HTML 5", Dialect::HTML5),
];

/// Writes what each grammar makes of `value`.
pub fn show(value: &[u8], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", Escaped(value))?;
    for (name, dialect) in DIALECTS {
        verdict(name, value, AddrSpec::parse(value, *dialect).map(|address| address.to_string()), out)?;
    }
    if value.starts_with(b"<") {
        let path = ForwardPath::parse(value, Dialect::SMTPUTF8).map(|path| path.to_string());
        verdict("path", value, path, out)?;
    }
    let list = Addresses::parse(value, Dialect::IMF_OBS);
    verdict("list", value, list.map(|list| format!("{} items", list.count())), out)?;
    lenient(value, out)?;
    writeln!(out)
}

fn verdict(
    name: &str,
    value: &[u8],
    result: Result<String, ParseError>,
    out: &mut impl Write,
) -> io::Result<()> {
    match result {
        Ok(text) => writeln!(out, "  {name:<13} yes  {}", Escaped(text.as_bytes())),
        Err(error) => {
            writeln!(out, "  {name:<13} no   {error}")?;
            writeln!(out, "  {:<18} {}", "", Escaped(value))?;
            writeln!(out, "  {:<18} {:>2$}", "", "^", column(value, error.offset()))
        }
    }
}

/// How many characters of what is shown stand before the end of the one at `offset`.
fn column(value: &[u8], offset: usize) -> usize {
    let before = value.get(..offset).unwrap_or(value);
    Escaped(before).to_string().chars().count() + 1
}

fn lenient(value: &[u8], out: &mut impl Write) -> io::Result<()> {
    let mut list = addresses(value);
    let mut defects: Vec<Defect<AddressDefect>> = Vec::new();
    while let Some(item) = list.next_with(&mut defects) {
        let text = match item {
            Item::Mailbox(mailbox) => mailbox_text(&mailbox),
            Item::GroupStart(name) => format!("group {}", name.decoded()),
            Item::GroupEnd => "end of group".into(),
            Item::Junk(junk) => format!("junk {}", String::from_utf8_lossy(junk)),
            _ => continue,
        };
        writeln!(out, "  {:<13} {}", "lenient", Escaped(text.as_bytes()))?;
    }
    for defect in &defects {
        writeln!(out, "  {:<13} {}: {defect}", "", defect.kind().name())?;
    }
    Ok(())
}

fn mailbox_text(mailbox: &Mailbox<'_>) -> String {
    match mailbox.invalid_address() {
        Some(invalid) => format!("{mailbox}, and no address in {}", String::from_utf8_lossy(invalid)),
        None => mailbox.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_byte() -> io::Result<()> {
        let mut out = Vec::new();
        show("é\u{1}x@b.example>".as_bytes(), &mut out)?;
        let text = String::from_utf8_lossy(&out);
        let lines: Vec<_> = text.lines().collect();
        let smtputf8 = lines.iter().position(|line| line.contains("SMTPUTF8"));
        let mut below = lines.iter().skip(smtputf8.unwrap_or_default() + 1);
        let shown = below.next().and_then(|line| line.find("\\x01"));
        let caret = below.next().and_then(|line| line.find('^'));
        // `é` is one character and two bytes.
        assert_eq!(shown.map(|place| place - 1), caret);
        Ok(())
    }
}
