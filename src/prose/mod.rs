//! What a report says in words: its sections, and the numbers that its prose states.

mod evidence;
mod outline;
mod statements;

pub use evidence::Evidence;
pub use outline::outline;
pub use statements::statements;
