//! The numbers of parts: `1` is the root, `1.2` its second part.

use std::fmt;

/// The path of the part that a walk has reached.
#[derive(Clone, Debug, Default)]
pub struct Path(Vec<u32>);

impl Path {
    /// Goes on to the next part in the order of the mail, which lies `depth` deep; 1 is the root.
    pub fn enter(&mut self, depth: usize) {
        self.0.truncate(depth);
        let is_sibling = self.0.len() == depth;
        match self.0.last_mut() {
            Some(number) if is_sibling => *number += 1,
            _ => self.0.push(1),
        }
    }

    /// How deep the part lies.
    pub fn depth(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, number) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            write!(f, "{dot}{number}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_count_from_one() {
        let mut path = Path::default();
        let paths = [1, 2, 3, 3, 2, 3, 2].map(|depth| {
            path.enter(depth);
            path.to_string()
        });
        assert_eq!(paths, ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "1.3"]);
    }
}
