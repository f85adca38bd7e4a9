//! The names of fields by their codes. A code stands for one name for ever: append, and raise the version.
//!
//! An index knows a name by its tag, so of names with one tag only the first has a code; it serves the others too.

use crate::index::{FieldEntry, NONE};

/// The code of a tag that one of the names has.
pub(super) fn code(tag: u32) -> Option<u8> {
    TAGS.iter().position(|known| *known == tag).and_then(|at| u8::try_from(at).ok())
}

/// The tag of a code.
pub(super) fn tag(code: u8) -> Option<u32> {
    TAGS.get(usize::from(code)).copied()
}

/// The fields that give type and transfer encoding, if those are the first ones of their names. `first` is the number
/// of the first of these fields.
pub(super) fn chosen(fields: &[FieldEntry], first: u32) -> (u32, u32) {
    let find = |tag: u32| {
        let at = fields.iter().position(|field| field.tag == tag).and_then(|at| u32::try_from(at).ok());
        at.map_or(NONE, |at| first.wrapping_add(at))
    };
    (find(CONTENT_TYPE), find(TRANSFER_ENCODING))
}

const CONTENT_TYPE: u32 = FieldEntry::tag(b"content-type");
const TRANSFER_ENCODING: u32 = FieldEntry::tag(b"content-transfer-encoding");

static TAGS: [u32; NAMES.len()] = tags();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, over the length of both")]
const fn tags() -> [u32; NAMES.len()] {
    let mut tags = [0; NAMES.len()];
    let mut at = 0;
    while at < NAMES.len() {
        tags[at] = FieldEntry::tag(NAMES[at].as_bytes());
        at += 1;
    }
    tags
}

const NAMES: &[&str] = &[
    "Received",
    "Return-Path",
    "Delivered-To",
    "DKIM-Signature",
    "Authentication-Results",
    "Received-SPF",
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Disposition",
    "Content-ID",
    "Content-Language",
    "Content-Location",
    "Content-Length",
    "Cc",
    "Bcc",
    "Sender",
    "Reply-To",
    "In-Reply-To",
    "References",
    "Comments",
    "Keywords",
    "Organization",
    "User-Agent",
    "X-Mailer",
    "Importance",
    "Priority",
    "X-Priority",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "List-Help",
    "List-Post",
    "List-Subscribe",
    "List-Archive",
    "List-Owner",
    "Precedence",
    "Mailing-List",
    "X-Mailing-List",
    "X-BeenThere",
    "X-Mailman-Version",
    "Errors-To",
    "X-Loop",
    "Feedback-ID",
    "Auto-Submitted",
    "Archived-At",
    "Envelope-To",
    "Delivery-Date",
    "X-Original-To",
    "X-Original-From",
    "X-Original-Date",
    "X-Received",
    "X-Originating-IP",
    "Resent-From",
    "Resent-To",
    "Resent-Date",
    "Resent-Message-ID",
    "ARC-Seal",
    "ARC-Message-Signature",
    "ARC-Authentication-Results",
    "DomainKey-Signature",
    "X-Google-DKIM-Signature",
    "X-Gm-Message-State",
    "X-Google-Smtp-Source",
    "X-Spam-Status",
    "X-Spam-Level",
    "X-Spam-Score",
    "X-Spam-Flag",
    "X-Spam-Checker-Version",
    "X-Virus-Scanned",
    "X-MailScanner",
    "X-Authentication-Warning",
    "X-MSMail-Priority",
    "X-MimeOLE",
    "X-OriginalArrivalTime",
    "X-MS-Has-Attach",
    "X-MS-TNEF-Correlator",
    "Thread-Topic",
    "Thread-Index",
    "Accept-Language",
    "X-MIME-Autoconverted",
    "X-Accept-Language",
    "X-Keywords",
    "Status",
    "X-Status",
    "Lines",
    "X-UID",
    "X-Mozilla-Status",
    "X-Mozilla-Status2",
    "X-Mozilla-Keys",
    "Autocrypt",
    "Mail-Followup-To",
    "Mail-Reply-To",
    "Content-Class",
    "Disposition-Notification-To",
    "Return-Receipt-To",
    "Reporting-MTA",
    "Arrival-Date",
    "Final-Recipient",
    "Original-Recipient",
    "Action",
    "Remote-MTA",
    "Diagnostic-Code",
    "Last-Attempt-Date",
    "Received-From-MTA",
    "X-Failed-Recipients",
    "X-Report-Abuse",
    "X-Complaints-To",
    "X-SES-Outgoing",
    "X-Mailgun-Sid",
    "X-SG-EID",
    "X-Entity-ID",
    "X-Sieve",
    "X-Operating-System",
    "X-Face",
    "X-MS-PublicTrafficType",
    "X-MS-TrafficTypeDiagnostic",
    "X-MS-Office365-Filtering-Correlation-Id",
    "X-Microsoft-Antispam",
    "X-Microsoft-Antispam-Message-Info",
    "X-Microsoft-Antispam-Mailbox-Delivery",
    "X-Forefront-Antispam-Report",
    "X-Message-Delivery",
    "X-Message-Info",
    "X-SID-PRA",
    "X-SID-Result",
    "X-Sender-IP",
    "X-IncomingTopHeaderMarker",
    "X-IncomingHeaderCount",
    "X-EOPTenantAttributedMessage",
    "X-MS-Exchange-EOPDirect",
    "X-MS-Exchange-Organization-AuthAs",
    "X-MS-Exchange-Organization-AuthSource",
    "X-MS-Exchange-Organization-SCL",
    "X-MS-Exchange-Organization-MessageDirectionality",
    "X-MS-Exchange-Organization-Network-Message-Id",
    "X-MS-Exchange-Organization-ExpirationStartTime",
    "X-MS-Exchange-Organization-ExpirationStartTimeReason",
    "X-MS-Exchange-Organization-ExpirationInterval",
    "X-MS-Exchange-Organization-ExpirationIntervalReason",
    "X-MS-Exchange-Processed-By-BccFoldering",
    "X-MS-Exchange-CrossTenant-Id",
    "X-MS-Exchange-CrossTenant-AuthAs",
    "X-MS-Exchange-CrossTenant-AuthSource",
    "X-MS-Exchange-CrossTenant-Network-Message-Id",
    "X-MS-Exchange-CrossTenant-OriginalArrivalTime",
    "X-MS-Exchange-CrossTenant-FromEntityHeader",
    "X-MS-Exchange-CrossTenant-RMS-PersistedConsumerOrg",
    "X-MS-Exchange-Transport-CrossTenantHeadersStamped",
    "X-MS-Exchange-Transport-EndToEndLatency",
    "X-MS-Exchange-AntiSpam-MessageData",
    "X-MS-Exchange-SenderADCheck",
    "X-MS-Exchange-AntiSpam-Relay",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_one_code() {
        for (at, name) in NAMES.iter().enumerate() {
            let code = code(FieldEntry::tag(name.as_bytes())).unwrap();
            assert_eq!(usize::from(code), at, "{name} has the tag of {}", NAMES[usize::from(code)]);
            assert_eq!(tag(code), Some(TAGS[at]));
        }
        assert!(NAMES.len() < usize::from(super::super::OTHER_NAME));
    }
}
