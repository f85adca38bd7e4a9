//! What MAIL and RCPT ask for: only what was offered.

use super::Server;
use super::says::Says;
use super::session::MailTraits;
use crate::command::{Body, InvalidParameter, Mail, Parameter, Rcpt};
use crate::config::Extensions;

impl Server {
    pub(super) fn check_mail(&self, mail: &Mail<'_>) -> Result<MailTraits, Says> {
        let mut traits = MailTraits::default();
        let mut seen = Seen::default();
        for parameter in mail.parameters.iter() {
            let parameter = self.read(parameter)?;
            let (bit, needs) = match parameter {
                Parameter::Size(size) => {
                    if self.config.max_size.is_some_and(|max| size > max) {
                        return Err(Says::TOO_BIG);
                    }
                    (0, Extensions::NONE)
                }
                Parameter::Body(Body::BinaryMime) => {
                    traits.is_binary = true;
                    (1, Extensions::CHUNKING.with(Extensions::BINARYMIME))
                }
                Parameter::Body(_) => (1, Extensions::EIGHT_BIT_MIME),
                Parameter::SmtpUtf8 => {
                    traits.is_utf8 = true;
                    (2, Extensions::SMTPUTF8)
                }
                Parameter::Ret(_) => (3, Extensions::DSN),
                Parameter::Envid(_) => (4, Extensions::DSN),
                // Exchange says AUTH=<> without having been offered AUTH.
                Parameter::Auth(_) => (5, Extensions::NONE),
                Parameter::By(_) => (6, Extensions::DELIVERBY),
                Parameter::MtPriority(_) => (7, Extensions::MT_PRIORITY),
                Parameter::RequireTls => (8, Extensions::REQUIRETLS),
                _ => return Err(Says::NOT_RECOGNIZED),
            };
            self.once(&mut seen, bit, needs)?;
        }
        let is_utf8 = mail.path.address().is_some_and(|address| address.needs_smtputf8());
        if is_utf8 && !traits.is_utf8 { Err(Says::NEEDS_UTF8) } else { Ok(traits) }
    }

    pub(super) fn check_rcpt(&self, rcpt: &Rcpt<'_>) -> Result<(), Says> {
        let mut seen = Seen::default();
        for parameter in rcpt.parameters.iter() {
            let (bit, needs) = match self.read(parameter)? {
                Parameter::Notify(_) => (0, Extensions::DSN),
                Parameter::Orcpt(_) => (1, Extensions::DSN),
                Parameter::Rrvs(_) => (2, Extensions::RRVS),
                _ => return Err(Says::NOT_RECOGNIZED),
            };
            self.once(&mut seen, bit, needs)?;
        }
        let is_utf8 = rcpt.path.address().is_some_and(|address| address.needs_smtputf8());
        if is_utf8 && !self.mail.traits.is_utf8 { Err(Says::NEEDS_UTF8) } else { Ok(()) }
    }

    fn read<'b>(
        &self,
        parameter: Result<Parameter<'b>, InvalidParameter<'b>>,
    ) -> Result<Parameter<'b>, Says> {
        if !self.session.is_extended() {
            return Err(Says::NOT_RECOGNIZED);
        }
        parameter.map_err(|_| Says::BAD_PARAMETER)
    }

    fn once(&self, seen: &mut Seen, bit: u8, needs: Extensions) -> Result<(), Says> {
        if !self.offers(needs) {
            return Err(Says::NOT_RECOGNIZED);
        }
        if seen.0 & (1 << bit) != 0 {
            return Err(Says::BAD_PARAMETER);
        }
        seen.0 |= 1 << bit;
        Ok(())
    }
}

/// Which parameters were there.
#[derive(Default)]
struct Seen(u16);
