//! Pages whose elements stand in each other absurdly deep. Parsing them takes time in the square of
//! their size, and extraction calls itself once a level.

use dom_smoothie::Readability;

use crate::Reason;

/// Browsers nest no deeper than this either.
pub(super) const MAX_DEPTH: usize = 512;
/// The most formatting elements that a parser may have to open again, each for each tag that comes
/// while it is unclosed. More would fill the memory.
const MAX_REOPENED: usize = 2_000_000;
/// A parser compares each attribute of an element with all others.
const MAX_ATTRIBUTES: usize = 2_000;

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];
/// Elements that end by themselves, so that unclosed ones stand side by side.
const SELF_ENDING: &[&str] = &[
    "body", "dd", "dt", "head", "html", "li", "option", "p", "rb", "rp", "rt", "rtc", "tbody",
    "td", "tfoot", "th", "thead", "tr", "optgroup", "colgroup", "caption",
];
/// Elements whose content is no markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
/// Elements that an end tag outside of them closes only in name: what follows opens them again.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements that no end tag of an outer element closes.
const BOUNDARIES: &[&str] = &["table", "template", "object", "applet", "marquee", "foreignobject"];

/// Estimates from the tags alone what parsing would take; never much less than it does.
pub(super) fn check_source(html: &[u8]) -> Result<(), Reason> {
    let mut open = Open::default();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &html[at..]) {
        at += found + 1;
        let rest = &html[at..];
        if rest.starts_with(b"!--") {
            at += comment(&rest[3..]) + 3;
            continue;
        }
        let is_end = rest.first() == Some(&b'/');
        let name_at = usize::from(is_end);
        if !rest.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let tag = Tag::read(&rest[name_at..]);
        at += name_at + tag.length;
        if tag.attributes > MAX_ATTRIBUTES {
            let problem =
                format!("an element of the page has more than {MAX_ATTRIBUTES} attributes");
            return Err(Reason::Failed { problem });
        }
        if is_end {
            open.end(&tag.name);
        } else {
            let is_raw = RAW.contains(&tag.name.as_str()) && !open.is_foreign();
            open.start(&tag)?;
            if is_raw {
                at += raw(&html[at..], &tag.name);
            }
        }
    }
    Ok(())
}

/// The elements that are open, as far as that can be told without building them.
#[derive(Default)]
struct Open {
    names: Vec<String>,
    /// Formatting elements that were not closed by an end tag of their own.
    formatting: Vec<(String, u64)>,
    reopened: usize,
}

impl Open {
    fn start(&mut self, tag: &Tag) -> Result<(), Reason> {
        let name = tag.name.as_str();
        self.reopened += self.formatting.len();
        if self.reopened > MAX_REOPENED {
            let problem = "the page has too many unclosed formatting elements".to_owned();
            return Err(Reason::Failed { problem });
        }
        if VOID.contains(&name) || self.is_foreign() && tag.is_closed {
            return Ok(());
        }
        if SELF_ENDING.contains(&name) {
            self.end_paragraph();
            return Ok(());
        }
        if FORMATTING.contains(&name) {
            // A link ends the one before, and of the same element with the same attributes only
            // three are opened again.
            let is_link = matches!(name, "a" | "nobr");
            if is_link {
                self.end_formatting(name);
            }
            let is_same = |(other, hash): &&(String, u64)| other == name && *hash == tag.hash;
            if self.formatting.iter().filter(is_same).count() < 3 {
                self.formatting.push((name.to_owned(), tag.hash));
            }
        }
        self.names.push(name.to_owned());
        if self.names.len() + self.formatting.len() > MAX_DEPTH {
            return Err(Reason::Nesting { limit: MAX_DEPTH });
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if FORMATTING.contains(&name) {
            return self.end_formatting(name);
        }
        if SELF_ENDING.contains(&name) {
            return self.end_paragraph();
        }
        for at in (0..self.names.len()).rev() {
            if self.names[at] == name {
                self.names.truncate(at);
                return;
            }
            if BOUNDARIES.contains(&self.names[at].as_str()) {
                return;
            }
        }
    }

    /// What was open outside of the element stays open, and what was open in it.
    fn end_formatting(&mut self, name: &str) {
        if let Some(at) = self.formatting.iter().rposition(|(open, _)| open == name) {
            self.formatting.remove(at);
        }
        if let Some(at) = self.names.iter().rposition(|open| open == name) {
            self.names.remove(at);
        }
    }

    /// Formatting elements end with the paragraph that they stand in.
    fn end_paragraph(&mut self) {
        while self.names.last().is_some_and(|name| FORMATTING.contains(&name.as_str())) {
            self.names.pop();
        }
    }

    /// True inside of drawings and formulas, where `<g/>` is a whole element.
    fn is_foreign(&self) -> bool {
        let is_edge = |name: &&String| matches!(name.as_str(), "svg" | "math" | "foreignobject");
        self.names.iter().rev().find(is_edge).is_some_and(|name| name != "foreignobject")
    }
}

struct Tag {
    name: String,
    attributes: usize,
    /// Tells attributes apart.
    hash: u64,
    is_closed: bool,
    /// Up to and with its `>`.
    length: usize,
}

impl Tag {
    /// Reads a tag from its name on.
    fn read(bytes: &[u8]) -> Tag {
        let is_end_of_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let name_end = bytes.iter().position(is_end_of_name).unwrap_or(bytes.len());
        let mut at = name_end;
        let mut attributes = 0;
        let mut before = b' ';
        let length = loop {
            let Some(&byte) = bytes.get(at) else { break bytes.len() };
            at += 1;
            match byte {
                b'>' => break at,
                // Only a value is quoted, not a name.
                b'"' | b'\'' if before == b'=' => {
                    at = memchr::memchr(byte, &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
                    before = b' ';
                }
                byte if byte.is_ascii_whitespace() && before == b'=' => {}
                byte => {
                    let is_name = !byte.is_ascii_whitespace() && byte != b'/' && byte != b'=';
                    attributes += usize::from(is_name && matches!(before, b' ' | b'/'));
                    before = if byte.is_ascii_whitespace() { b' ' } else { byte };
                }
            }
        };
        let inside = &bytes[name_end..length];
        Tag {
            // No name that matters is longer.
            name: String::from_utf8_lossy(&bytes[..name_end.min(32)]).to_ascii_lowercase(),
            attributes,
            hash: xxhash_rust::xxh3::xxh3_64(inside),
            is_closed: inside.ends_with(b"/>"),
            length,
        }
    }
}

/// Length of a comment after its `<!--`.
fn comment(rest: &[u8]) -> usize {
    if rest.starts_with(b">") || rest.starts_with(b"->") {
        return 1;
    }
    let is_end = |&at: &usize| rest[..at].ends_with(b"--") || rest[..at].ends_with(b"--!");
    memchr::memchr_iter(b'>', rest).find(is_end).unwrap_or(rest.len())
}

/// Length of what is no markup, up to the end tag.
fn raw(rest: &[u8], name: &str) -> usize {
    let is_end = |&at: &usize| {
        let found = rest.get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    memchr::memmem::find_iter(rest, b"</").find(is_end).unwrap_or(rest.len())
}

/// Checks what the parser made of the page.
pub(super) fn check_tree(page: &Readability) -> Result<(), Reason> {
    let root = page.doc.root();
    let (mut node, mut depth) = (root, 0);
    loop {
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            // A page may be somewhat deeper than its tags tell: `tbody` is often not written.
            if depth > 2 * MAX_DEPTH {
                return Err(Reason::Nesting { limit: MAX_DEPTH });
            }
            continue;
        }
        loop {
            if node.id == root.id {
                return Ok(());
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return Ok(()) };
            (node, depth) = (parent, depth - 1);
        }
    }
}
