//! Conversion by LibreOffice, for files that are not read otherwise: only when it is asked for.
//!
//! Each file gets a process of its own with a profile of its own, so that no open office of the user is met, and a time
//! limit. What is ended is the group of that process and nothing else.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::decode::{Budget, decode_within};
use crate::document::Document;
use crate::error::Failure;

/// How often a running conversion is looked at.
const TICK: Duration = Duration::from_millis(20);
/// The first bytes of the container of old office files.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Endings that LibreOffice may be told; others are told as the first one.
const ENDINGS: [&str; 7] = ["doc", "wps", "wpt", "dot", "docx", "odt", "rtf"];
/// How the names of other office files begin, which hold no running text.
const FOREIGN: [&str; 2] = ["slides of ", "a message of "];

/// LibreOffice as a converter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibreOffice {
    /// The program: a path, or a name to be found on `PATH`. `soffice` by default.
    pub program: PathBuf,
    /// Time for one file: 60 seconds by default.
    pub time: Duration,
}

impl Default for LibreOffice {
    fn default() -> LibreOffice {
        LibreOffice { program: PathBuf::from("soffice"), time: Duration::from_secs(60) }
    }
}

impl LibreOffice {
    /// Whether a file that failed may be read through a conversion: a damaged or unknown file of an office.
    pub(super) fn takes(&self, name: &str, bytes: &[u8], failure: &Failure) -> bool {
        let named = || ending(name).is_some();
        match failure {
            Failure::Damaged { format, .. } => *format == "DOC" || (*format == "zip" && named()),
            Failure::UnknownFormat { format } => {
                !FOREIGN.iter().any(|f| format.starts_with(f)) && (bytes.starts_with(OLE) || named())
            }
            _ => false,
        }
    }

    /// Converts a file that gave a failure to DOCX and decodes that.
    pub(super) fn decode(
        &self,
        name: &str,
        bytes: &[u8],
        failure: &Failure,
        budget: &Budget,
    ) -> Result<Document, Failure> {
        let converted = self.convert(bytes, ending(name).unwrap_or(ENDINGS[0]), budget.file_bytes);
        let converted = converted.map_err(|why| Failure::Converter(format!("{why}; without it: {failure}")))?;
        let document = decode_within(&converted, &Budget::new(budget))?;
        Ok(Document { format: "libreoffice", ..document })
    }

    fn convert(&self, bytes: &[u8], ending: &str, most: u64) -> Result<Vec<u8>, String> {
        let folder = Folder::new().map_err(|e| format!("no folder for temporary files: {e}"))?;
        let input = folder.0.join(format!("in.{ending}"));
        File::create(&input).and_then(|mut f| f.write_all(bytes)).map_err(|e| format!("failed to write: {e}"))?;
        let mut child = self.start(&folder.0, &input).map_err(|e| match e.kind() {
            ErrorKind::NotFound => {
                format!("expected LibreOffice as {} on PATH, found none: install it", self.program.display())
            }
            _ => format!("failed to start {}: {e}", self.program.display()),
        })?;
        let begun = Instant::now();
        loop {
            match child.try_wait() {
                Ok(Some(_)) => break,
                Ok(None) if begun.elapsed() < self.time => thread::sleep(TICK),
                Ok(None) => {
                    end(&mut child);
                    return Err(format!("expected an answer within {} seconds, found none", self.time.as_secs()));
                }
                Err(e) => {
                    end(&mut child);
                    return Err(format!("failed to wait: {e}"));
                }
            }
        }
        // What the program may have left behind ends with it.
        end(&mut child);
        let mut out = Vec::new();
        let read = File::open(folder.0.join("in.docx").as_path())
            .and_then(|f| f.take(most.saturating_add(1)).read_to_end(&mut out));
        read.map(|_| out).map_err(|_| "expected a DOCX file, found none".to_owned())
    }

    fn start(&self, folder: &Path, input: &Path) -> std::io::Result<Child> {
        let mut command = Command::new(&self.program);
        command
            .arg(format!("-env:UserInstallation=file://{}/profile", folder.display()))
            .args(["--headless", "--invisible", "--norestore", "--nologo", "--convert-to", "docx", "--outdir"])
            .arg(folder)
            .arg(input)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
    }
}

/// Ends a process and, where groups are known, all that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        let kill =
            Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).stdout(Stdio::null()).status();
        // There is nobody left in the group, or the process itself is ended below.
        let _ = kill;
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The ending of a name, if it is one of an office.
fn ending(name: &str) -> Option<&'static str> {
    let (_, own) = name.rsplit_once('.')?;
    ENDINGS.into_iter().find(|e| e.eq_ignore_ascii_case(own))
}

/// A folder for temporary files, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Folder> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("gxbg-{}-{number}", process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Folder(path)),
                // Left behind by a run with the same number.
                Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e),
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays is a nuisance and no fault of the file.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A program that stands in for LibreOffice: `$9` is the folder of the output, `${10}` the input.
    fn program(name: &str, script: &str) -> (Folder, LibreOffice) {
        let folder = Folder::new().expect("a folder");
        let program = folder.0.join(name);
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a file");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
        (folder, LibreOffice { program, time: Duration::from_secs(20) })
    }

    const UNKNOWN: Failure = Failure::UnknownFormat { format: "an OLE file" };

    #[test]
    fn the_converted_file_is_read() {
        let rtf = "{\\\\rtf1 converted\\\\par}";
        let (_folder, office) = program(
            "soffice",
            &format!("test -f \"${{10}}\" && printf '%s' '{rtf}' | sed 's/\\\\\\\\/\\\\/g' > \"$9/in.docx\""),
        );
        assert!(office.takes("a.doc", OLE, &UNKNOWN));
        let document = office.decode("a.wps", OLE, &UNKNOWN, &Budget::default()).expect("a document");
        assert_eq!((document.format, document.text.trim()), ("libreoffice", "converted"));
    }

    #[test]
    fn a_program_that_hangs_is_ended_with_all_that_it_started() {
        let (folder, mut office) = program("soffice", "sleep 1000 & echo $! > \"$(dirname \"$0\")/child\"; wait");
        office.time = Duration::from_millis(1500);
        let failure = office.decode("a.doc", OLE, &UNKNOWN, &Budget::default()).unwrap_err();
        assert!(failure.to_string().contains("expected an answer within 1 seconds"), "{failure}");
        let child = fs::read_to_string(folder.0.join("child")).expect("it was started");
        let gone = || {
            !Command::new("kill").args(["-0", child.trim()]).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
        };
        // Ended processes are reaped by whoever adopts them.
        assert!((0..200).any(|_| gone()
            || fs::read_to_string(format!("/proc/{}/stat", child.trim())).is_ok_and(|s| s.contains(") Z"))
            || {
                thread::sleep(TICK);
                false
            }));
    }

    #[test]
    fn without_the_program_the_failure_says_so() {
        let office = LibreOffice { program: PathBuf::from("/nowhere/soffice"), ..LibreOffice::default() };
        let failure = office.decode("a.doc", OLE, &UNKNOWN, &Budget::default()).unwrap_err();
        assert_eq!(failure.code(), "converter");
        assert!(failure.to_string().contains("found none: install it"), "{failure}");
    }

    #[test]
    fn only_office_files_that_failed_are_taken() {
        let office = LibreOffice::default();
        assert!(!office.takes("a.doc", OLE, &Failure::UnknownFormat { format: FOREIGN[0] }));
        assert!(!office.takes("a.png", b"\x89PNG", &Failure::UnknownFormat { format: "a PNG picture" }));
        assert!(!office.takes("a.doc", b"x", &Failure::NotAReport { sections: 0 }));
    }
}
