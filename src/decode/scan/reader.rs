//! The recogniser: from the picture of a line to its characters, each reading with its confidence.
//!
//! The network is a PP-OCR recogniser in ONNX format, whose file names its characters. The pieces of a page are read
//! side by side, in a pool of threads that ends with the recogniser.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;

use rayon::prelude::*;
use rten::{Model, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use super::ctc::{self, Guess};
use super::ink::Area;
use super::page::{Page, Piece};
use super::picture::Picture;
use super::story::Read;

/// Rows of pixels that the network looks at.
const HEIGHT: usize = 48;
/// Columns of pixels that one step of its answer stands for.
const STEP: usize = 8;
/// The least width that it is shown.
const NARROWEST: usize = 64;
/// The greatest width: pieces are cut well below it.
const WIDEST: usize = 3_200;
/// Characters of the longest figure.
const FIGURE: usize = 20;
/// Space above and below a line, in parts of its height.
const ROOM: f32 = 0.18;

/// What reads scans: the network of a file, which is loaded when the first scan is met, once.
pub struct Recognizer {
    path: PathBuf,
    threads: Option<usize>,
    network: OnceLock<Result<Network, String>>,
}

struct Network {
    model: Model,
    /// The characters by the network's numbers; the first is none at all.
    characters: Vec<String>,
    pool: Arc<ThreadPool>,
}

impl fmt::Debug for Recognizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recognizer").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Recognizer {
    /// A recogniser with the network of an ONNX file, to be run on so many threads, or on all cores.
    pub fn new(path: PathBuf, threads: Option<usize>) -> Recognizer {
        Recognizer { path, threads, network: OnceLock::new() }
    }

    fn network(&self) -> Result<&Network, String> {
        let load = || apart(|| Network::load(&self.path, self.threads));
        self.network.get_or_init(load).as_ref().map_err(|e| format!("{}: {e}", self.path.display()))
    }

    /// Reads all pieces of a page, in the order of its regions.
    pub(super) fn page(&self, page: &Page) -> Result<Read, String> {
        let network = self.network()?;
        let pieces: Vec<&Piece> = page.regions().flat_map(|r| &r.pieces).collect();
        let read = || pieces.par_iter().map(|piece| network.piece(page, piece)).collect::<Result<Vec<_>, String>>();
        let mut guesses = apart(|| network.pool.run(read))?.into_iter();
        Ok(page.regions().map(|r| guesses.by_ref().take(r.pieces.len()).collect()).collect())
    }
}

/// Does parallel work on a thread of no pool, which just waits. A worker of another pool would begin with its next file
/// meanwhile, file within file, and wait for itself where that needs what is just being made.
fn apart<T: Send>(work: impl FnOnce() -> Result<T, String> + Send) -> Result<T, String> {
    thread::scope(|s| s.spawn(work).join()).unwrap_or_else(|_| Err("the recogniser failed".to_owned()))
}

/// How a piece is looked at; a second look differs from the first in all that means nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// How much wider than high pixels become.
    stretch: f32,
    /// How far the picture is moved to the right, in heights of the line.
    shift: f32,
}

pub(super) const FIRST_LOOK: Look = Look { stretch: 1.0, shift: 0.0 };
pub(super) const SECOND_LOOK: Look = Look { stretch: 1.16, shift: 0.11 };

impl Network {
    fn load(path: &Path, threads: Option<usize>) -> Result<Network, String> {
        let threads = threads.or_else(|| thread::available_parallelism().ok().map(usize::from)).unwrap_or(1);
        let pool = Arc::new(ThreadPool::with_num_threads(threads));
        let model = pool.run(|| Model::load_file(path)).map_err(|e| e.to_string())?;
        let names = model.metadata().get("character").ok_or("the model does not name its characters")?;
        let mut characters = vec![String::new()];
        characters.extend(names.lines().map(str::to_owned));
        characters.push(" ".to_owned());
        Ok(Network { model, characters, pool })
    }

    /// Reads a piece; what may be a figure is looked at twice.
    fn piece(&self, page: &Page, piece: &Piece) -> Result<Guess, String> {
        let first = self.read(&page.picture, piece, page.usual, FIRST_LOOK)?;
        if !is_figure(&first.text) {
            return Ok(first);
        }
        Ok(first.beside(self.read(&page.picture, piece, page.usual, SECOND_LOOK)?))
    }

    /// Reads one piece of a line.
    pub(super) fn read(&self, picture: &Picture, piece: &Piece, usual: f32, look: Look) -> Result<Guess, String> {
        let input = sample(picture, piece, usual, look);
        let options = RunOptions::default().with_thread_pool(Some(self.pool.clone()));
        let output = self.model.run_one(input.view().into(), Some(options)).map_err(|e| e.to_string())?;
        let output: NdTensor<f32, 3> = output.try_into().map_err(|_| "the model gives no table of likelihoods")?;
        if output.size(2) != self.characters.len() {
            return Err("the model names more or fewer characters than it tells apart".to_owned());
        }
        let steps: NdTensorView<'_, f32, 2> = output.slice(0);
        let steps = (0..steps.size(0)).map(|t| steps.slice(t).to_vec());
        Ok(ctc::decode(steps, &self.characters))
    }
}

/// Whether a text may be the figure of a cell.
fn is_figure(text: &str) -> bool {
    let all = text.chars().count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    all <= 3 || (all <= FIGURE && digits * 2 >= all)
}

/// The part of the picture around a piece, as the network wants it: 48 rows high, from -1 for black to 1 for white.
fn sample(picture: &Picture, piece: &Piece, usual: f32, look: Look) -> NdTensor<f32, 4> {
    let Piece { area: piece, room, .. } = *piece;
    // A dash alone is not blown up to the height of a letter.
    let ink = (piece.height() as f32).max(usual * 0.7);
    let height = ink * (1.0 + 2.0 * ROOM);
    let middle = (piece.top + piece.bottom) as f32 / 2.0;
    let scale = height / HEIGHT as f32;
    let margin = ink * 0.25;
    let (before, after) = (margin.min(room.0 as f32), margin.min(room.1 as f32));
    let left = piece.left as f32 - margin - ink * look.shift;
    let across = (piece.right as f32 + margin - left) * look.stretch / scale;
    let width = (across.ceil() as usize).next_multiple_of(STEP).clamp(NARROWEST, WIDEST);
    let mut out = NdTensor::<f32, 4>::zeros([1, 3, HEIGHT, width]);
    let filled = (across.ceil() as usize).min(width);
    let paper = paper(picture, piece);
    for y in 0..HEIGHT {
        let from = middle - height / 2.0 + (y as f32 + 0.5) * scale - 0.5;
        for x in 0..filled {
            let at = left + (x as f32 + 0.5) * scale / look.stretch - 0.5;
            // Neighbouring cells and lines are not part of the piece.
            let inside = from >= piece.top as f32 - ink * ROOM
                && from <= piece.bottom as f32 + ink * ROOM
                && at >= piece.left as f32 - before
                && at <= piece.right as f32 + after;
            let grey = if inside { averaged(picture, at, from, scale) } else { paper };
            let value = grey / 127.5 - 1.0;
            for channel in 0..3 {
                out[[0, channel, y, x]] = value;
            }
        }
    }
    out
}

/// The grey of a spot as wide as a pixel of the result, so that no stroke falls between two of them.
fn averaged(picture: &Picture, x: f32, y: f32, scale: f32) -> f32 {
    if scale <= 1.0 {
        return picture.at(x, y);
    }
    let d = scale / 4.0;
    (picture.at(x - d, y - d) + picture.at(x + d, y - d) + picture.at(x - d, y + d) + picture.at(x + d, y + d)) / 4.0
}

/// The grey of the paper around a piece: that of its lighter half.
fn paper(picture: &Picture, piece: Area) -> f32 {
    let mut greys: Vec<u8> =
        (piece.top..piece.bottom).flat_map(|y| picture.row(y)[piece.left..piece.right].iter().copied()).collect();
    greys.sort_unstable();
    greys.get(greys.len() * 3 / 4).map_or(255.0, |g| f32::from(*g))
}
