//! Errors on their way to Python. The classes are written in `gxbg.errors`; here they are only raised.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::import_exception;
use pyo3::prelude::*;

use crate::load::LoadError;

import_exception!(gxbg.errors, ArgumentError);
import_exception!(gxbg.errors, InternalError);
import_exception!(gxbg.errors, NotAFileError);
import_exception!(gxbg.errors, NotAFolderError);
import_exception!(gxbg.errors, NotFoundError);
import_exception!(gxbg.errors, ReadError);
import_exception!(gxbg.errors, UnreadableReportError);

/// The exception for an error of the core.
pub(super) fn to_python(error: LoadError) -> PyErr {
    let message = error.to_string();
    match error {
        LoadError::NotFound { path, .. } => NotFoundError::new_err((message, path)),
        LoadError::WrongKind { path, expected: "folder", .. } => NotAFolderError::new_err((message, path)),
        LoadError::WrongKind { path, .. } => NotAFileError::new_err((message, path)),
        LoadError::Io { path, .. } => ReadError::new_err((message, path)),
        LoadError::Machine(_) => InternalError::new_err(message),
        LoadError::Cancelled => PyKeyboardInterrupt::new_err(message),
        LoadError::Failed { path, reason, detail } => UnreadableReportError::new_err((message, path, reason, detail)),
    }
}

/// The exception for a panic: a fault of ours, and no reason to lose the notebook.
pub(super) fn from_panic(payload: &(dyn Any + Send)) -> PyErr {
    let said = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    InternalError::new_err(format!("gxbg failed inside ({said}): this is a fault of gxbg, please report it"))
}

/// Does a piece of work; a panic becomes an exception that `except GxbgError` catches.
pub(super) fn guard<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    // Nothing that the work could leave half done is seen again: it borrows immutable tables or owns its data.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| from_panic(payload.as_ref()))
}
