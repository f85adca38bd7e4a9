//! Lines of text: where they break, what stands before them, which blanks are written.
//!
//! Nothing is written until something visible comes: line breaks, blanks and markers wait, and the last word has the
//! one that needs most room. So there is never a blank at the end of a line, and never more than one blank line.

use alloc::string::String;

/// Writes text in lines.
#[derive(Debug)]
pub(super) struct Layout<'o> {
    out: &'o mut String,
    /// What was in `out` before.
    start: usize,
    /// Line breaks that wait; with any of them the next character begins a line. At most two.
    breaks: u8,
    /// Blanks that wait.
    blanks: usize,
    /// Whether the last of them swallows the next one.
    collapsing: bool,
    /// A cell has begun: a tab waits.
    cell: bool,
    /// The sign of a list's item waits.
    marker: Option<Marker>,
    /// A joiner waits for a character to join.
    joiner: Option<char>,
    pub(super) preformatted: bool,
    quotes: usize,
    /// The quotes of the last line.
    quoted: usize,
    lists: [List; MOST_LISTS],
    /// How many lists are open, in truth.
    depth: usize,
    /// How many lines have been begun.
    lines: usize,
    line_start: usize,
    /// The line that the open row of each table begins in.
    rows: [usize; MOST_TABLES],
    tables: usize,
    /// The last line that has columns.
    columns: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Bullets,
    /// The number of the next item.
    Numbers(i32),
    /// Terms, each with its descriptions.
    Terms,
    Descriptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    Bullet,
    Number(i32),
}

impl<'o> Layout<'o> {
    pub(super) fn new(out: &'o mut String) -> Self {
        let start = out.len();
        Self {
            out,
            start,
            breaks: 1,
            blanks: 0,
            collapsing: false,
            cell: false,
            marker: None,
            joiner: None,
            preformatted: false,
            quotes: 0,
            quoted: 0,
            lists: [List::Bullets; MOST_LISTS],
            depth: 0,
            lines: 0,
            line_start: start,
            rows: [0; MOST_TABLES],
            tables: 0,
            columns: 0,
        }
    }

    /// Writes what has no blanks at its ends, none beside another, and no control.
    #[inline]
    pub(super) fn word(&mut self, text: &str) {
        self.open();
        self.out.push_str(text);
    }

    /// Writes any character, or what stands for it.
    pub(super) fn character(&mut self, c: char) {
        match c {
            '\t' if self.preformatted => {
                self.open();
                self.out.push('\t');
            }
            '\n' if self.preformatted => self.line_break(),
            ' ' | '\t'..='\r' | '\u{2028}' | '\u{2029}' => self.blank(),
            '\0'..'\t' | '\x0e'..' ' | '\x7f'..='\u{9f}' => {}
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => self.fixed_blank(),
            '\u{ad}' | '\u{34f}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
                self.filler();
            }
            '\u{200c}'..='\u{200f}' => self.join(c),
            _ => {
                self.open();
                self.out.push(c);
            }
        }
    }

    /// A blank that browsers make one with its neighbours.
    #[inline]
    pub(super) fn blank(&mut self) {
        if self.preformatted {
            self.fixed_blank();
        } else if !self.collapsing && !self.cell && (self.breaks == 0 || self.blanks > 0) {
            self.blanks += 1;
            self.collapsing = true;
        }
    }

    fn fixed_blank(&mut self) {
        if !self.cell && self.marker.is_none() {
            self.blanks += 1;
            self.collapsing = false;
        }
    }

    /// Takes no room. Between blanks it is there to push what follows out of somebody's preview.
    fn filler(&mut self) {
        self.blanks = self.blanks.min(1);
    }

    /// What changes the letters beside it, and means nothing without them.
    fn join(&mut self, c: char) {
        if self.breaks > 0 || self.blanks > 0 || self.cell {
            self.filler();
        } else {
            self.joiner = Some(c);
        }
    }

    /// A line break that takes a line, as in `<br>`.
    pub(super) fn line_break(&mut self) {
        self.forget_blanks();
        if self.marker.is_none() && !self.cell {
            self.breaks = (self.breaks + 1).min(MOST_BREAKS);
        }
    }

    /// What follows stands on another line.
    pub(super) fn block(&mut self) {
        self.at_least(1);
    }

    /// What follows stands behind a blank line.
    pub(super) fn paragraph(&mut self) {
        self.at_least(MOST_BREAKS);
    }

    fn at_least(&mut self, breaks: u8) {
        if self.marker.is_some() || self.cell {
            self.blanks = 0;
            return;
        }
        if self.breaks > 0 && self.blanks > 0 {
            // A line that has nothing in it but fixed blanks is there to be seen.
            self.breaks = MOST_BREAKS;
        }
        self.forget_blanks();
        self.breaks = self.breaks.max(breaks);
        if self.columns == self.lines && self.row_line() == self.lines + 1 {
            // The paragraphs in the cells of a row make no room between rows.
            self.breaks = 1;
        }
    }

    fn forget_blanks(&mut self) {
        self.blanks = 0;
        self.collapsing = false;
        self.joiner = None;
    }

    pub(super) fn rule(&mut self) {
        self.block();
        self.word("----------");
        self.block();
    }

    pub(super) fn begin_quote(&mut self) {
        self.paragraph();
        self.quotes += 1;
    }

    pub(super) fn end_quote(&mut self) {
        self.paragraph();
        self.quotes = self.quotes.saturating_sub(1);
    }

    pub(super) fn begin_list(&mut self, list: List) {
        self.around_list();
        self.depth += 1;
        if let Some(innermost) = self.lists.get_mut(self.depth.min(MOST_LISTS) - 1) {
            *innermost = list;
        }
    }

    pub(super) fn end_list(&mut self) {
        self.marker = None;
        self.depth = self.depth.saturating_sub(1);
        self.around_list();
    }

    fn around_list(&mut self) {
        if self.depth == 0 { self.paragraph() } else { self.block() }
    }

    fn list(&mut self) -> Option<&mut List> {
        self.lists.get_mut(self.depth.min(MOST_LISTS).checked_sub(1)?)
    }

    /// Begins an item, which may say its number.
    pub(super) fn begin_item(&mut self, value: Option<i32>) {
        self.end_item();
        let marker = match self.list() {
            Some(List::Numbers(next)) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(1);
                Marker::Number(number)
            }
            _ => Marker::Bullet,
        };
        self.marker = Some(marker);
    }

    pub(super) fn end_item(&mut self) {
        self.marker = None;
        self.cell = false;
        self.block();
    }

    /// Begins a term or a description.
    pub(super) fn begin_definition(&mut self, part: List) {
        self.block();
        if let Some(list @ (List::Terms | List::Descriptions)) = self.list() {
            *list = part;
        }
    }

    pub(super) fn begin_table(&mut self) {
        self.row_break();
        self.tables += 1;
        self.row();
    }

    pub(super) fn end_table(&mut self) {
        self.row_break();
        self.tables = self.tables.saturating_sub(1);
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.row_break();
        let line = self.lines + 1;
        if let Some(row) = self.rows.get_mut(self.tables.min(MOST_TABLES - 1)) {
            *row = line;
        }
    }

    pub(super) fn row_break(&mut self) {
        self.cell = false;
        self.block();
        if self.columns == self.lines {
            self.breaks = 1;
        }
    }

    /// Begins a cell: behind a tab, if the row is one short line so far.
    pub(super) fn cell(&mut self) {
        self.forget_blanks();
        let row = self.row_line();
        if row == self.lines + 1 {
            // Nothing of the row has been written.
        } else if row == self.lines
            && self.out.len() - self.line_start <= LONGEST_ROW
            && self.marker.is_none()
        {
            self.breaks = 0;
            self.cell = true;
        } else {
            self.row_break();
        }
    }

    /// The line that the open row of the innermost table begins in.
    fn row_line(&self) -> usize {
        self.rows.get(self.tables.min(MOST_TABLES - 1)).copied().unwrap_or_default()
    }

    /// Where the next character will stand, or a little before.
    pub(super) fn position(&self) -> usize {
        self.out.len()
    }

    /// What was written from a position on.
    pub(super) fn written(&self, from: usize) -> &str {
        self.out.get(from..).unwrap_or_default()
    }

    /// Writes something behind the last visible character, whatever waits.
    pub(super) fn append(&mut self, write: impl FnOnce(&mut String)) {
        write(self.out);
    }

    /// Makes way for a visible character.
    #[inline]
    pub(super) fn open(&mut self) {
        if self.breaks > 0 || self.cell || self.joiner.is_some() || self.blanks > 1 {
            self.write_waiting();
        } else if self.blanks > 0 {
            self.out.push(' ');
            self.blanks = 0;
        }
        self.collapsing = false;
    }

    /// Apart, so that where nothing but a blank waits there is nothing to set out for.
    #[inline(never)]
    fn write_waiting(&mut self) {
        if self.breaks > 0 {
            self.begin_line();
        } else if self.cell {
            self.out.push('\t');
            self.columns = self.lines;
        } else if self.blanks > 0 {
            self.out.extend(core::iter::repeat_n(' ', self.blanks));
        } else if let Some(joiner) = self.joiner {
            self.out.push(joiner);
        }
        self.cell = false;
        self.forget_blanks();
    }

    fn begin_line(&mut self) {
        self.trim_end();
        if self.out.len() > self.start && self.out.len() <= self.line_start {
            // The line held tabs alone: it is the blank line.
            self.finish();
            self.breaks = MOST_BREAKS;
        }
        let quotes = self.quotes.min(MOST_QUOTES);
        if self.out.len() > self.start {
            self.out.push('\n');
            if self.breaks > 1 {
                self.out.extend(core::iter::repeat_n('>', quotes.min(self.quoted)));
                self.out.push('\n');
            }
        }
        self.breaks = 0;
        self.lines += 1;
        self.line_start = self.out.len();
        self.quoted = quotes;
        if quotes > 0 {
            self.out.extend(core::iter::repeat_n('>', quotes));
            self.out.push(' ');
        }
        let depth = self.depth.min(MOST_LISTS);
        let hangs = self.marker.is_some() || self.list() == Some(&mut List::Terms);
        let indentation = 2 * depth.saturating_sub(usize::from(hangs));
        self.out.extend(core::iter::repeat_n(' ', indentation));
        match self.marker.take() {
            Some(Marker::Bullet) => self.out.push_str("* "),
            Some(Marker::Number(number)) => {
                // A `String` takes all that is written to it.
                _ = core::fmt::Write::write_fmt(self.out, format_args!("{number}. "));
            }
            None => self.out.extend(core::iter::repeat_n(' ', self.blanks)),
        }
    }

    /// Takes away the tabs of preformatted text at the end of a line.
    fn trim_end(&mut self) {
        self.trim(&['\t', ' ']);
    }

    /// The same at the end of all, where nothing may be left of a line that held only tabs.
    pub(super) fn finish(&mut self) {
        self.trim(&['\t', ' ', '\n']);
    }

    fn trim(&mut self, blanks: &[char]) {
        while self.out.len() > self.start && self.out.ends_with(blanks) {
            self.out.pop();
        }
    }
}

/// A blank line.
const MOST_BREAKS: u8 = 2;
/// Signs of quotation before a line: a bound for what each line costs.
const MOST_QUOTES: usize = 8;
/// Lists that indent: a bound for what each line costs.
const MOST_LISTS: usize = 5;
/// Tables in each other whose rows are known apart.
const MOST_TABLES: usize = 16;
/// What is longer is no row of short things, so its next cell begins a line.
const LONGEST_ROW: usize = 80;
