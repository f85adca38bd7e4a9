//! What is measured: a kind of work, and everybody who does it.

use crate::{floor, ours};

/// Some mails that are read one after the other and counted as one input.
#[derive(Debug)]
pub struct Input {
    /// A short name.
    pub name: String,
    /// The mails.
    pub mails: Vec<Vec<u8>>,
}

impl Input {
    /// An input of some mails.
    pub fn new(name: impl Into<String>, mails: Vec<Vec<u8>>) -> Self {
        Self { name: name.into(), mails }
    }

    /// How many bytes the mails have together.
    pub fn bytes(&self) -> usize {
        self.mails.iter().map(Vec::len).sum()
    }
}

/// A kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The headers and the MIME tree, as far as one has to read to know where everything is.
    Structure,
    /// The header block alone; Subject, From, Date and Message-ID are read.
    Headers,
    /// What a list of mails shows: all originators and recipients, identifiers, date, subject, a preview of 256
    /// characters in one line, and the attachments with their names, all owned.
    Summary,
    /// The structure, the same four headers, and every body: text as UTF-8, all else as bytes.
    Everything,
}

impl Work {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Structure, Self::Headers, Self::Summary, Self::Everything];

    /// Its name in tables and filters.
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Headers => "headers",
            Self::Summary => "summary",
            Self::Everything => "everything",
        }
    }
}

/// Somebody who does the work, once for each mail of an input, with whatever it keeps between mails.
pub struct Worker {
    /// The name in the table.
    pub name: &'static str,
    run: Box<dyn FnMut(&Input)>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Worker {
    /// A worker that does this with each mail.
    pub fn new(name: &'static str, mut read: impl FnMut(&[u8]) + 'static) -> Self {
        Self { name, run: Box::new(move |input| input.mails.iter().for_each(|mail| read(mail))) }
    }

    /// Goes through an input once.
    pub fn run(&mut self, input: &Input) {
        (self.run)(input);
    }
}

/// Everybody who does this kind of work: ours first, the floor last, the peers between them.
pub fn workers(work: Work) -> Vec<Worker> {
    let mut all = vec![ours::worker(work)];
    #[cfg(feature = "versus")]
    all.extend(crate::peers::workers(work));
    all.push(Worker::new("floor", floor::scan));
    all
}

/// What the floor is measured over: the bytes that have to be looked at for this kind of work.
pub fn bytes_to_look_at(work: Work, input: &Input) -> Input {
    let part = |mail: &Vec<u8>| match work {
        Work::Headers => floor::header_block(mail).to_vec(),
        Work::Structure | Work::Summary | Work::Everything => mail.clone(),
    };
    Input::new(input.name.clone(), input.mails.iter().map(part).collect())
}
