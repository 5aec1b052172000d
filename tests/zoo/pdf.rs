//! PDF files that do to a library what they can: stacks, memory, time.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{Animal, animal};

/// A file in the making: its objects, numbered from 1; the first three are the catalog, the pages and the page.
struct File {
    resources: String,
    objects: Vec<Vec<u8>>,
}

impl File {
    /// A file whose page has these resources and draws this.
    fn of(resources: &str, content: &str) -> File {
        let mut file = File { resources: resources.to_owned(), objects: Vec::new() };
        file.stream("", content.as_bytes());
        file
    }

    /// The number that the next object will have.
    fn next(&self) -> usize {
        self.objects.len() + 4
    }

    fn object(&mut self, body: impl AsRef<[u8]>) -> usize {
        self.objects.push(body.as_ref().to_vec());
        self.objects.len() + 3
    }

    fn stream(&mut self, dictionary: &str, data: &[u8]) -> usize {
        let head = format!("<< {dictionary} /Length {} >>\nstream\n", data.len());
        self.object([head.as_bytes(), data, b"\nendstream"].concat())
    }

    fn bytes(&self) -> Vec<u8> {
        self.with_contents("4 0 R")
    }

    fn with_contents(&self, contents: &str) -> Vec<u8> {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << {} >> /Contents {contents} >>",
            self.resources
        );
        let fixed = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", &page];
        let all = fixed.iter().map(|o| o.as_bytes()).chain(self.objects.iter().map(Vec::as_slice));
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (object, number) in all.zip(1..) {
            places.push(out.len());
            out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            out.extend_from_slice(object);
            out.extend_from_slice(b"\nendobj\n");
        }
        let table = out.len();
        out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
        places.iter().for_each(|at| out.extend_from_slice(format!("{at:010} 00000 n \n").as_bytes()));
        let size = places.len() + 1;
        out.extend_from_slice(format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF").as_bytes());
        out
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

const COLOURED: &str = "/CS0 cs 0.5 sc 0 0 100 100 re f";

/// A page that draws in a colour space whose objects are told from the number of the first one.
fn coloured(objects: impl Fn(&mut File)) -> Vec<u8> {
    let mut file = File::of("/ColorSpace << /CS0 5 0 R >>", COLOURED);
    objects(&mut file);
    file.bytes()
}

/// A page with a font of the composed kind.
fn lettered(font: &str) -> Vec<u8> {
    let mut file = File::of("/Font << /F0 5 0 R >>", "BT /F0 12 Tf 50 700 Td <00410042> Tj ET");
    file.object("<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] >>");
    file.object(format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> {font} >>"
    ));
    file.bytes()
}

/// A page whose content is one stream.
fn packed(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut file = File::of("", "");
    let number = file.stream(dictionary, data);
    file.with_contents(&format!("{number} 0 R"))
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|b| format!("{b:02x}").into_bytes()).collect()
}

/// Forms that each draw the next one ten times.
fn forms(depth: usize) -> Vec<u8> {
    let mut file = File::of("/XObject << /A 5 0 R >>", "/A Do");
    for _ in 0..depth {
        let next = file.next() + 1;
        let dictionary =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A {next} 0 R >> >>");
        file.stream(&dictionary, "/A Do ".repeat(10).as_bytes());
    }
    file.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 1 1 re f");
    file.bytes()
}

/// All of them, with the reasons that a process of its own may end them in.
pub(crate) fn animals() -> Vec<Animal> {
    let any = "limit|crash|not_a_report|empty|damaged|scan";
    let much = vec![b' '; 200 << 20];
    let once = deflated(&much);
    let twice = deflated(&once);
    let braces = |depth: usize| ["{".repeat(depth), "}".repeat(depth)].concat();
    let arrays = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    let calculated = |dictionary: &str, data: &[u8]| {
        coloured(|file| {
            file.object("[/Separation /X /DeviceGray 6 0 R]");
            file.stream(&format!("/FunctionType 4 /Domain [0 1] /Range [0 1] {dictionary}"), data);
        })
    };
    let stitched = coloured(|file| {
        file.object("[/Separation /X /DeviceGray 6 0 R]");
        for _ in 0..20_000 {
            let next = file.next() + 1;
            file.object(format!(
                "<< /FunctionType 3 /Domain [0 1] /Functions [{next} 0 R] /Bounds [] /Encode [0 1] >>"
            ));
        }
        file.object("<< /FunctionType 2 /Domain [0 1] /N 1 >>");
    });
    let chained = coloured(|file| {
        file.object("[/Separation /X 6 0 R 5 0 R]");
        for _ in 0..20_000 {
            let next = file.next() + 1;
            file.object(format!("[/Indexed {next} 0 R 1 <0000>]"));
        }
        file.object("/DeviceGray");
    });
    let many: Vec<u8> = {
        let mut file = File::of("", "");
        let each = deflated(&vec![b' '; 20 << 20]);
        let numbers: Vec<String> =
            (0..40).map(|_| format!("{} 0 R", file.stream("/Filter /FlateDecode", &each))).collect();
        file.with_contents(&format!("[{}]", numbers.join(" ")))
    };
    let tree = {
        let mut file = File::of("", "");
        let first = file.next();
        for _ in 0..20_000 {
            let next = file.next() + 1;
            file.object(format!("<< /Type /Pages /Kids [{next} 0 R] /Count 1 >>"));
        }
        file.object("<< /Type /Page /MediaBox [0 0 9 9] >>");
        let text = String::from_utf8(file.bytes()).unwrap();
        text.replacen("/Kids [3 0 R]", &format!("/Kids [{first} 0 R]"), 1).into_bytes()
    };
    let patterns = {
        let mut file = File::of("/Pattern << /P 5 0 R >>", "/Pattern cs /P scn 0 0 500 500 re f");
        file.stream(
            "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << \
             /Pattern << /P 5 0 R >> >>",
            b"/Pattern cs /P scn 0 0 1 1 re f",
        );
        file.bytes()
    };
    let glyphs = {
        let mut file = File::of("/Font << /F0 5 0 R >>", &format!("BT /F0 12 Tf ({}) Tj ET", "a".repeat(5_000)));
        file.object(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> \
             /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] /Resources << /Font << /F0 5 \
             0 R >> >> >>",
        );
        file.stream("", format!("1 0 d0 BT /F0 1 Tf ({}) Tj ET", "a".repeat(100)).as_bytes());
        file.bytes()
    };
    vec![
        animal("function-nested.pdf", any, calculated("/Filter /FlateDecode", &deflated(braces(100_000).as_bytes()))),
        animal("function-nested-plain.pdf", any, calculated("", braces(100_000).as_bytes())),
        animal(
            "function-nested-hidden.pdf",
            any,
            calculated("/Filter [/AHx /Fl]", &hexadecimal(&deflated(braces(1_000_000).as_bytes()))),
        ),
        animal("functions-stitched.pdf", any, stitched),
        animal("colours-chained.pdf", any, chained),
        animal("widths.pdf", any, lettered("/W [0 4294967295 500]")),
        animal("widths-down.pdf", any, lettered("/W2 [0 2147483647 500 0 0]")),
        animal("widths-many.pdf", any, lettered(&format!("/W [{}]", "0 65535 500 ".repeat(200_000)))),
        animal("forms.pdf", any, forms(12)),
        animal("forms-deep.pdf", any, forms(5_000)),
        animal("flate.pdf", any, packed("/Filter /FlateDecode", &once)),
        animal("flate-hexadecimal.pdf", any, packed("/Filter [/ASCIIHexDecode /FlateDecode]", &hexadecimal(&once))),
        animal("flate-escaped.pdf", any, packed("/Filter [/Flate#44ecode /FlateDecode]", &twice)),
        animal("flate-picture.pdf", any, packed("/Subtype /Image /Filter /FlateDecode", &once)),
        animal("flate-far.pdf", any, packed(&format!("/Filter /FlateDecode /X ({})", "x".repeat(9_000)), &once)),
        animal(
            "runs.pdf",
            any,
            packed("/Filter [/FlateDecode /RunLengthDecode]", &deflated(&[129, b' '].repeat(2 << 20))),
        ),
        animal("many.pdf", any, many),
        animal("arrays.pdf", any, packed("", arrays(1_000_000).as_bytes())),
        animal("arrays-resource.pdf", any, File::of(&format!("/X {}", arrays(100_000)), "").bytes()),
        animal("dictionaries.pdf", any, packed("", "<< /A ".repeat(500_000).as_bytes())),
        animal("states.pdf", any, packed("", "q ".repeat(4 << 20).as_bytes())),
        animal("clips.pdf", any, packed("", "q 0 0 9 9 re W n ".repeat(1 << 20).as_bytes())),
        animal("texts.pdf", any, packed("/Filter /FlateDecode", &deflated("BT (a) Tj ET ".repeat(3 << 20).as_bytes()))),
        animal("inline.pdf", any, packed("", "BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI ".repeat(10_000).as_bytes())),
        animal("tree.pdf", any, tree),
        animal("patterns.pdf", any, patterns),
        animal("glyphs.pdf", any, glyphs),
    ]
}
