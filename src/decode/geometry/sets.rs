//! What belongs together, found pair by pair.

/// Disjoint sets of numbers.
pub(super) struct Sets {
    parents: Vec<u32>,
}

impl Sets {
    /// Each number below a count in a set of its own.
    pub(super) fn new(count: usize) -> Sets {
        Sets { parents: (0..count as u32).collect() }
    }

    /// The number that stands for the set of one.
    pub(super) fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] as usize != at {
            self.parents[at] = self.parents[self.parents[at] as usize];
            at = self.parents[at] as usize;
        }
        at
    }

    /// Makes the sets of two numbers one.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b) as u32;
    }
}
