//! What a header says of where the message came from (RFC 8601, RFC 6376, RFC 8617).

use super::{FieldName, Headers};
use crate::value::{ArcSeal, AuthenticationResults, DkimSignature, ReceivedSpf};
use alloc::vec::Vec;

impl<'m, 'a> Headers<'m, 'a> {
    /// What receivers found out (RFC 8601), the last receiver first. Believe only your own:
    /// [`AuthenticationResults`] says how.
    ///
    /// ```
    /// use mailwire_message::Parser;
    /// use mailwire_message::value::{MethodName, ResultName};
    ///
    /// let raw = b"Authentication-Results: mx.host.example; dmarc=pass header.from=a.example\n\n";
    /// let message = Parser::new().parse(raw);
    /// let passed = message.headers().authentication_results()
    ///     .filter(|field| field.authserv_id().as_deref() == Some(b"mx.host.example"))
    ///     .flat_map(|field| field.results())
    ///     .any(|result| result.method() == MethodName::DMARC && result.result() == ResultName::PASS);
    /// assert!(passed);
    /// ```
    pub fn authentication_results(&self) -> impl Iterator<Item = AuthenticationResults<'a>> + use<'m, 'a> {
        self.all(FieldName::AUTHENTICATION_RESULTS).map(|field| AuthenticationResults::parse(field.value()))
    }

    /// What receivers found out with SPF, in its own field (RFC 7208 §9.1), the last receiver first.
    pub fn received_spf(&self) -> impl Iterator<Item = ReceivedSpf<'a>> + use<'m, 'a> {
        self.all(FieldName::RECEIVED_SPF).map(|field| ReceivedSpf::parse(field.value()))
    }

    /// Who signed it (RFC 6376), from the top.
    pub fn dkim_signatures(&self) -> impl Iterator<Item = DkimSignature<'a>> + use<'m, 'a> {
        self.all(FieldName::DKIM_SIGNATURE).map(|field| DkimSignature::new(field.value()))
    }

    /// The ARC sets (RFC 8617 §4.2), by their instance, 1 first: at most 50. A field whose instance can't be read is in
    /// none.
    ///
    /// ```
    /// use mailwire_message::Parser;
    ///
    /// let raw = b"ARC-Seal: i=1; cv=none; d=host.example; s=k; a=rsa-sha256; b=c2ln\n\
    ///     ARC-Message-Signature: i=1; d=host.example; h=from; bh=aGFzaA==; b=c2ln\n\
    ///     ARC-Authentication-Results: i=1; host.example; spf=pass\n\n";
    /// let message = Parser::new().parse(raw);
    /// let sets = message.headers().arc_sets();
    /// assert!(sets.len() == 1 && sets[0].is_complete());
    /// assert_eq!(sets[0].seal().unwrap().domain(), Some("host.example"));
    /// ```
    pub fn arc_sets(&self) -> Vec<ArcSet<'a>> {
        let mut sets = Vec::new();
        for field in self.all(FieldName::ARC_SEAL) {
            let seal = ArcSeal::new(field.value());
            put(&mut sets, seal.instance(), |set| &mut set.seal, seal);
        }
        for field in self.all(FieldName::ARC_MESSAGE_SIGNATURE) {
            let signature = DkimSignature::of_arc(field.value());
            put(&mut sets, signature.instance(), |set| &mut set.message_signature, signature);
        }
        for field in self.all(FieldName::ARC_AUTHENTICATION_RESULTS) {
            let results = AuthenticationResults::parse_arc(field.value());
            put(&mut sets, results.instance(), |set| &mut set.authentication_results, results);
        }
        sets
    }
}

/// Puts a value into the set of its instance; the sets are in order. The first one of a kind stays.
fn put<'a, T>(
    sets: &mut Vec<ArcSet<'a>>,
    instance: Option<u32>,
    place: impl for<'s> Fn(&'s mut ArcSet<'a>) -> &'s mut Option<T>,
    value: T,
) {
    let Some(instance) = instance else { return };
    let at = sets.binary_search_by_key(&instance, |set| set.instance).unwrap_or_else(|at| {
        sets.insert(at, ArcSet::new(instance));
        at
    });
    let Some(set) = sets.get_mut(at) else { return };
    let place = place(set);
    if place.is_none() {
        *place = Some(value);
    } else {
        set.repeated = true;
    }
}

/// The three ARC fields of one custodian (RFC 8617 §4.2).
#[derive(Clone, Copy, Debug)]
pub struct ArcSet<'a> {
    instance: u32,
    seal: Option<ArcSeal<'a>>,
    message_signature: Option<DkimSignature<'a>>,
    authentication_results: Option<AuthenticationResults<'a>>,
    repeated: bool,
}

impl<'a> ArcSet<'a> {
    fn new(instance: u32) -> Self {
        Self { instance, seal: None, message_signature: None, authentication_results: None, repeated: false }
    }

    /// Its number, 1–50.
    pub fn instance(&self) -> u32 {
        self.instance
    }

    /// The ARC-Seal.
    pub fn seal(&self) -> Option<ArcSeal<'a>> {
        self.seal
    }

    /// The ARC-Message-Signature.
    pub fn message_signature(&self) -> Option<DkimSignature<'a>> {
        self.message_signature
    }

    /// The ARC-Authentication-Results.
    pub fn authentication_results(&self) -> Option<AuthenticationResults<'a>> {
        self.authentication_results
    }

    /// Whether each of the three is there exactly once. A chain with a set that is not, or with a number left out, fails
    /// (RFC 8617 §5.2).
    pub fn is_complete(&self) -> bool {
        !self.repeated
            && self.seal.is_some()
            && self.message_signature.is_some()
            && self.authentication_results.is_some()
    }
}
