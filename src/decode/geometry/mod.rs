//! From the geometry of a page to text and tables, whatever drew the page: lines to lattices of cells, characters to
//! the lines and cells they stand in.
#![allow(dead_code, reason = "read by formats behind features")]

pub(crate) mod lattice;
