//! The old reader of tables.
#![allow(missing_docs, clippy::all, unreachable_pub)]
pub(crate) mod columns;
pub(crate) mod cuts;
pub(crate) mod found;
pub(crate) mod glued;
pub(crate) mod habits;
pub(crate) mod label;
pub(crate) mod layout;
pub(crate) mod sightings;
pub(crate) mod slots;
pub(crate) mod spaced;
pub(crate) mod walk;
