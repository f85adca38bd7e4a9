//! One mail as a tree that a person likes to read.

use crate::paint::{Line, Paint, Style, count, size};
use crate::summary;
use mailwire::address::Mailbox;
use mailwire::core::{DateTime, Defect, DefectKind, Severity};
use mailwire::message::mbox::MboxDefect;
use mailwire::message::{FieldName, Message, MessageDefect, Parser, Part, PartKind};

/// Lines of text that are shown of a part.
const PREVIEW: usize = 3;

/// Levels of the tree that are drawn; deeper ones lie at the margin.
const LEVELS: usize = 12;

/// One part, as it will be drawn.
#[derive(Default)]
struct Node {
    depth: usize,
    pieces: Vec<(Style, String)>,
    /// What stands below it, line by line, before its children.
    details: Vec<Vec<(Style, String)>>,
}

/// The mail as text.
pub fn draw(name: &str, flags: &[&str], message: &Message<'_>, parser: &Parser, paint: Paint) -> String {
    let mut gathered = Gathered { parser, nodes: Vec::new(), defects: Vec::new() };
    gathered.message(message.root(), &message.examine(), 0);
    let mut out = String::new();
    paint
        .line()
        .foreign(Style::Title, name)
        .own(Style::Faint, &format!("  {}", size(message.raw().len())))
        .own(Style::Plain, &format!("  {}", flags.join(", ")))
        .end(&mut out);
    out.push('\n');
    let headers = headers(message.root());
    if !headers.is_empty() {
        for header in &headers {
            foreign(paint.line().own(Style::Plain, "  "), header).end(&mut out);
        }
        out.push('\n');
    }
    draw_nodes(&gathered.nodes, paint, &mut out);
    out.push('\n');
    total(&gathered.defects, paint, &mut out);
    out
}

/// What is wrong with the mailbox around a mail, below its tree.
pub fn of_mailbox(defects: &[Defect<MboxDefect>], paint: Paint) -> String {
    let mut out = String::new();
    for line in grouped(defects) {
        foreign(paint.line().own(Style::Plain, "  mailbox: "), &line).end(&mut out);
    }
    out
}

fn draw_nodes(nodes: &[Node], paint: Paint, out: &mut String) {
    let last = last_of_their_parents(nodes);
    // What stands before a line at each depth: a bar where more children of that level come.
    let mut bars: Vec<&str> = Vec::new();
    for (at, (node, is_last)) in nodes.iter().zip(last).enumerate() {
        bars.truncate(node.depth.saturating_sub(1));
        let hidden = bars.len().saturating_sub(LEVELS);
        let margin = if hidden > 0 { format!("  ⋯{hidden:<3} ") } else { "  ".to_owned() };
        let mut before = margin + &bars.get(hidden..).unwrap_or_default().concat();
        let branch = match (node.depth, is_last) {
            (0, _) => "",
            (_, true) => "└─ ",
            (_, false) => "├─ ",
        };
        foreign(paint.line().own(Style::Faint, &before).own(Style::Faint, branch), &node.pieces).end(out);
        if node.depth > 0 {
            let bar = if is_last { "   " } else { "│  " };
            bars.push(bar);
            before.push_str(bar);
        }
        let has_children = nodes.get(at + 1).is_some_and(|next| next.depth > node.depth);
        before.push_str(if has_children { "│  " } else { "   " });
        for detail in &node.details {
            foreign(paint.line().own(Style::Faint, &before), detail).end(out);
        }
    }
}

/// Whether each node is the last child of its parent, found from behind: one pass, however wide the tree is.
fn last_of_their_parents(nodes: &[Node]) -> Vec<bool> {
    let mut followed: Vec<bool> = Vec::new();
    let mut last: Vec<bool> = nodes
        .iter()
        .rev()
        .map(|node| {
            // A node further down in the list that lies deeper is a child of one in between.
            followed.truncate(node.depth + 1);
            followed.resize(node.depth + 1, false);
            followed.last_mut().is_none_or(|seen| !std::mem::replace(seen, true))
        })
        .collect();
    last.reverse();
    last
}

fn foreign(line: Line, pieces: &[(Style, String)]) -> Line {
    pieces.iter().fold(line, |line, (style, text)| line.foreign(*style, text))
}

struct Gathered<'p> {
    parser: &'p Parser,
    nodes: Vec<Node>,
    defects: Vec<Defect<MessageDefect>>,
}

impl Gathered<'_> {
    /// All parts of a message whose root lies `above` deep. Calls itself for encoded messages, which the parser
    /// opens only a few deep.
    fn message(&mut self, root: Part<'_, '_>, defects: &[Defect<MessageDefect>], above: usize) {
        self.defects.extend_from_slice(defects);
        let mut of_parts = by_part(root, defects);
        for part in root.walk() {
            let depth = above + usize::from(part.depth()) - 1;
            let mut node = Node { depth, pieces: describe(part), details: Vec::new() };
            let nested = part.nested(self.parser);
            if part.kind() == PartKind::Message {
                node.details.extend(part.children().next().map(headers).unwrap_or_default());
            } else if let Some(message) = &nested {
                node.details.extend(headers(message.root()));
            } else if part.is_leaf() && part.content_type().is_text() {
                node.details.extend(preview(part));
            }
            let defects = of_parts.get_mut(part.id() as usize).map(std::mem::take).unwrap_or_default();
            node.details.extend(grouped(&defects));
            self.nodes.push(node);
            if let Some(message) = nested {
                self.message(message.root(), &message.examine(), depth + 1);
            }
        }
    }
}

/// The defects that lie in each part and in none of its children, by the number of the part.
fn by_part(root: Part<'_, '_>, defects: &[Defect<MessageDefect>]) -> Vec<Vec<Defect<MessageDefect>>> {
    let parts: Vec<_> = root.walk().collect();
    let mut of_parts = vec![Vec::new(); parts.len()];
    for defect in defects {
        let at = defect.range().start;
        let before = parts.partition_point(|part| part.range().start <= at);
        let mut part = before.checked_sub(1).and_then(|last| parts.get(last)).copied().unwrap_or(root);
        while let Some(parent) = part.parent().filter(|_| at > part.range().end) {
            part = parent;
        }
        if let Some(list) = of_parts.get_mut(part.id() as usize) {
            list.push(*defect);
        }
    }
    of_parts
}

/// The line of a part: type, charset, transfer encoding, size, disposition, name.
fn describe(part: Part<'_, '_>) -> Vec<(Style, String)> {
    let content_type = part.content_type();
    let mut pieces = vec![(Style::Type, content_type.to_string())];
    let mut add =
        |style, text: &str| pieces.extend([(Style::Faint, " · ".to_owned()), (style, text.to_owned())]);
    if part.is_leaf() {
        if content_type.is_text() {
            let text = part.text();
            add(Style::Plain, text.charset().name());
            if text.is_lossy() {
                add(Style::Severity(Severity::Repaired), "not all of it readable");
            }
        }
        let encoding = part.transfer_encoding();
        if !encoding.is_identity() {
            add(Style::Plain, &encoding.to_string());
        }
        add(Style::Plain, &size(part.decoded().len()));
    } else if part.kind() == PartKind::Message {
        add(Style::Plain, &size(part.raw_body().len()));
    }
    if let Some(disposition) = part.disposition() {
        add(Style::Plain, &String::from_utf8_lossy(disposition.written()).to_lowercase());
    }
    if let Some(name) = part.file_name() {
        add(Style::Name, &name);
    }
    pieces
}

/// The main headers of a message, names below each other.
fn headers(root: Part<'_, '_>) -> Vec<Vec<(Style, String)>> {
    let headers = root.headers();
    let mut lines = Vec::new();
    for name in [FieldName::FROM, FieldName::TO, FieldName::CC, FieldName::SUBJECT, FieldName::DATE] {
        let Some(field) = headers.first(name) else { continue };
        let value = if name == FieldName::SUBJECT {
            field.text().into_owned()
        } else if name == FieldName::DATE {
            field.date().map_or_else(|_| field.text().into_owned(), time)
        } else {
            let people: Vec<_> = field.addresses().mailboxes().map(person).collect();
            if people.is_empty() { field.text().into_owned() } else { people.join(", ") }
        };
        let style = if name == FieldName::SUBJECT { Style::Title } else { Style::Plain };
        lines.push(vec![(Style::Label, format!("{name:<9}")), (style, value)]);
    }
    lines
}

/// `2024-03-05 06:12:44 +01:00`
fn time(date: DateTime) -> String {
    let written = date.to_string().replace('T', " ");
    let (time, zone) = written.split_at_checked("2024-03-05 06:12:44".len()).unwrap_or((&written, ""));
    format!("{time} {zone}")
}

/// `Name <address>`, or what there is of it.
fn person(mailbox: Mailbox<'_>) -> String {
    let invalid = || mailbox.invalid_address().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let address = mailbox.address().map(|address| address.to_string()).or_else(invalid);
    match (mailbox.display_name(), address) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (Some(name), None) => name.into_owned(),
        (None, address) => address.unwrap_or_default(),
    }
}

/// The first lines of a text that have something on them.
fn preview(part: Part<'_, '_>) -> Vec<Vec<(Style, String)>> {
    let text = part.text();
    let lines = text.text().lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(PREVIEW).map(|line| vec![(Style::Faint, line.to_owned())]).collect()
}

/// Defects as lines, those of one kind as one.
fn grouped<K: DefectKind + Ord>(defects: &[Defect<K>]) -> Vec<Vec<(Style, String)>> {
    let mut lines = Vec::new();
    let mut kinds: Vec<K> = defects.iter().map(Defect::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let of = |kind| defects.iter().filter(move |defect| defect.kind() == kind);
    let first = |kind| of(kind).next().map_or(0, |defect| defect.range().start);
    kinds.sort_by_key(|&kind| first(kind));
    for kind in kinds {
        let style = Style::Severity(kind.severity());
        let times = match of(kind).count() {
            1 => String::new(),
            times => format!(", {times} times"),
        };
        lines.push(vec![
            (style, format!("{} {}", summary::mark(kind.severity()), kind.explanation())),
            (Style::Faint, format!("  byte {}{times}", first(kind))),
        ]);
    }
    lines
}

/// How many defects there are, worst first.
fn total(defects: &[Defect<MessageDefect>], paint: Paint, out: &mut String) {
    let mut line = paint.line().own(Style::Plain, "  ");
    if defects.is_empty() {
        line = line.own(Style::Good, "✓ ").own(Style::Plain, "nothing wrong with it");
    } else {
        line = line.own(Style::Plain, &format!("{}:", count(defects.len(), "defect")));
    }
    for severity in [Severity::Limit, Severity::Ambiguous, Severity::Repaired, Severity::Note] {
        let found = defects.iter().filter(|defect| defect.severity() == severity).count();
        if found > 0 {
            let text = format!("  {} {found} {severity}", summary::mark(severity));
            line = line.own(Style::Severity(severity), &text);
        }
    }
    line.end(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(raw: &[u8], width: usize) -> String {
        let parser = Parser::new();
        draw("x.eml", &[], &parser.parse(raw), &parser, Paint::plain(width))
    }

    #[test]
    fn the_last_of_each_level_is_known() {
        let nodes = [0, 1, 2, 2, 1, 2, 1].map(|depth| Node { depth, ..Node::default() });
        assert_eq!(last_of_their_parents(&nodes), [true, false, false, true, false, true, true]);
    }

    #[test]
    fn branches_join_up() {
        let raw = b"Subject: s\n\
            Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/related; boundary=b\n\n\
            --b\n\none\n--b--\n--a\nContent-Type: image/png\n\n--a--\n";
        let expected = "x.eml  153 B\n\n  Subject  s\n\n  multipart/mixed\n  ├─ multipart/related\n  \
            │  └─ text/plain · UTF-8 · 3 B\n  │        one\n  └─ image/png · 0 B\n\n  ✓ nothing wrong with it\n";
        assert_eq!(sample(raw, 80), expected);
    }

    #[test]
    fn no_control_gets_out_and_no_line_is_too_long() {
        let raw = b"Subject: =?utf-8?Q?=1B=5B2J?= \x1b[31m\nFrom: \x07 <\x1b@\x9b>\n\
            Content-Type: text/plain; name=\"a\x1b]0;b\x07\"\n\n\x1b[2J text \xc2\x9b that is long enough to be cut\n";
        let drawn = sample(raw, 40);
        assert!(drawn.lines().all(|line| line.chars().count() <= 40), "{drawn}");
        assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "{drawn}");
    }
}
