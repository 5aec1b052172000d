//! Texts in which tables stand in a notation of their own.

mod weave;

pub(super) use weave::{Piece, Weave};
