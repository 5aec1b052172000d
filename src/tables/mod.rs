//! From the blocks of a document to the lines of the form with their cells.

pub mod number;
