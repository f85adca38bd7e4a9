//! What the machine says by itself.

use crate::{Answer, Code, EnhancedCode, ReplyText};

/// A reply that is always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Says {
    pub(super) code: Code,
    enhanced: Option<EnhancedCode>,
    text: &'static str,
}

impl Says {
    pub(super) fn answer(self) -> Answer<'static> {
        let answer = Answer::new(self.code, ReplyText::literal(self.text));
        match self.enhanced {
            Some(enhanced) => answer.with_enhanced(enhanced),
            None => answer,
        }
    }
}

macro_rules! says {
    ($($name:ident = $code:ident $class:literal.$subject:literal.$detail:literal $text:literal;)*) => {
        impl Says {
            $(pub(super) const $name: Self = Self {
                code: Code::$code,
                enhanced: EnhancedCode::new($class, $subject, $detail),
                text: $text,
            };)*
        }
    };
}

says! {
    SENDER_OK = OK 2 . 1 . 0 "sender ok";
    RECIPIENT_OK = OK 2 . 1 . 5 "recipient ok";
    GO_AHEAD = START_MAIL_INPUT 2 . 0 . 0 "end data with <CRLF>.<CRLF>";
    ACCEPTED = OK 2 . 0 . 0 "accepted";
    CHUNK_OK = OK 2 . 0 . 0 "chunk ok";
    DONE = OK 2 . 0 . 0 "ok";
    BYE = CLOSING 2 . 0 . 0 "bye";
    SECURE = READY 2 . 0 . 0 "ready to start TLS";
    AUTHENTICATED = AUTHENTICATED 2 . 7 . 0 "authenticated";
    HELP = HELP 2 . 0 . 0 "see RFC 5321";
    MAYBE = CANNOT_VERIFY 2 . 0 . 0 "send a mail, and see";

    TIMEOUT = NOT_AVAILABLE 4 . 4 . 2 "silent for too long";
    TOO_MANY_ERRORS = NOT_AVAILABLE 4 . 7 . 0 "too many errors";
    TOO_MANY_RECIPIENTS = INSUFFICIENT_STORAGE 4 . 5 . 3 "too many recipients";
    AUTH_UNAVAILABLE = TEMPORARILY_UNAVAILABLE 4 . 7 . 0 "authentication failed for now";

    NO_COMMAND = SYNTAX_ERROR 5 . 5 . 2 "this is no command";
    UNKNOWN = SYNTAX_ERROR 5 . 5 . 1 "unknown command";
    TOO_LONG = SYNTAX_ERROR 5 . 5 . 2 "line too long";
    BARE_LF_COMMAND = HOST_TAKES_NO_MAIL 5 . 5 . 2 "bare <LF> received";
    WRONG_HELLO = SYNTAX_ERROR 5 . 5 . 1 "this is LMTP: say LHLO";
    BAD_ARGUMENTS = ARGUMENT_ERROR 5 . 5 . 4 "bad arguments";
    BAD_SENDER = ARGUMENT_ERROR 5 . 1 . 7 "bad sender address";
    BAD_RECIPIENT = ARGUMENT_ERROR 5 . 1 . 3 "bad recipient address";
    BAD_PARAMETER = ARGUMENT_ERROR 5 . 5 . 4 "bad parameter";
    BAD_RESPONSE = ARGUMENT_ERROR 5 . 5 . 2 "bad response";
    CANCELLED = ARGUMENT_ERROR 5 . 7 . 0 "authentication cancelled";
    NOT_OFFERED = NOT_IMPLEMENTED 5 . 5 . 1 "not offered here";
    HELLO_FIRST = BAD_SEQUENCE 5 . 5 . 1 "say hello first";
    NESTED_MAIL = BAD_SEQUENCE 5 . 5 . 1 "a mail is open already";
    MAIL_FIRST = BAD_SEQUENCE 5 . 5 . 1 "MAIL has to come first";
    RECIPIENT_FIRST = BAD_SEQUENCE 5 . 5 . 1 "RCPT has to come first";
    BODY_BEGUN = BAD_SEQUENCE 5 . 5 . 1 "the body has begun with BDAT";
    BINARY_DATA = BAD_SEQUENCE 5 . 5 . 1 "BINARYMIME needs BDAT";
    AUTHENTICATED_ALREADY = BAD_SEQUENCE 5 . 5 . 1 "authenticated already";
    SECURE_ALREADY = BAD_SEQUENCE 5 . 5 . 1 "TLS is up already";
    NOT_IN_MAIL = BAD_SEQUENCE 5 . 5 . 1 "not inside of a mail";
    NO_SERVICE = BAD_SEQUENCE 5 . 3 . 2 "no service here";
    NO_MECHANISM = PARAMETER_NOT_IMPLEMENTED 5 . 5 . 4 "no such mechanism";
    START_TLS_FIRST = AUTHENTICATION_REQUIRED 5 . 7 . 0 "STARTTLS has to come first";
    AUTH_FIRST = AUTHENTICATION_REQUIRED 5 . 7 . 0 "authentication required";
    ENCRYPT_FIRST = ENCRYPTION_REQUIRED 5 . 7 . 11 "the mechanism needs TLS";
    BAD_CREDENTIALS = CREDENTIALS_INVALID 5 . 7 . 8 "authentication failed";
    BARE_LF = MAILBOX_UNAVAILABLE 5 . 5 . 2 "bare <LF>, bare <CR> or NUL in the mail";
    UNTRUSTED = MAILBOX_UNAVAILABLE 5 . 7 . 0 "not allowed";
    NULL_CHUNK = USER_NOT_LOCAL 5 . 7 . 1 "empty chunk";
    TOO_BIG = STORAGE_EXCEEDED 5 . 3 . 4 "the mail is too big";
    NEEDS_UTF8 = MAILBOX_NAME_NOT_ALLOWED 5 . 6 . 7 "SMTPUTF8 is needed for this address";
    NO_RECIPIENTS = TRANSACTION_FAILED 5 . 5 . 1 "no valid recipients";
    OUT_OF_TURN = TRANSACTION_FAILED 5 . 5 . 0 "spoken before the answer";
    INJECTED = TRANSACTION_FAILED 5 . 5 . 0 "plaintext behind STARTTLS";
    BAD_CHUNK = HOST_TAKES_NO_MAIL 5 . 5 . 4 "bad chunk size";
    FOREIGN = CLOSING 2 . 7 . 0 "this is SMTP";
    NOT_RECOGNIZED = PARAMETERS_NOT_RECOGNIZED 5 . 5 . 4 "parameter not recognized";
}
