//! The text of an extracted article: paragraphs parted by a blank line.
//!
//! The crate's own formatting glues some blocks together (`dd`, `figcaption`) and keeps captions.

use dom_smoothie::Readability;

/// Elements whose text is none of the article.
const SKIPPED: &[&str] = &[
    "audio",
    "button",
    "canvas",
    "figcaption",
    "head",
    "iframe",
    "input",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];
const PARAGRAPHS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
const LINES: &[&str] = &["caption", "dd", "dt", "li", "tr"];

pub(super) struct Body {
    pub(super) text: String,
    /// Bytes of the text that are links.
    pub(super) linked: usize,
}

/// The text of a page whose article was extracted.
pub(super) fn of(page: &Readability) -> Body {
    let mut writer = Writer::default();
    let content = page.doc.select("#readability-page-1");
    let Some(&root) = content.nodes().first() else { return writer.body() };
    let mut node = root;
    loop {
        let name = node.node_name();
        let name = name.as_deref().unwrap_or_default();
        if node.is_text() {
            writer.text(&node.text());
        } else if node.is_element() && !SKIPPED.contains(&name) {
            writer.start(name);
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            writer.end(name);
        }
        loop {
            if node.id == root.id {
                return writer.body();
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return writer.body() };
            node = parent;
            writer.end(node.node_name().as_deref().unwrap_or_default());
        }
    }
}

/// What parts two words.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Writer {
    text: String,
    /// What comes before the next word.
    gap: Gap,
    links: usize,
    linked: usize,
    preformatted: usize,
}

impl Writer {
    fn start(&mut self, name: &str) {
        match name {
            "a" => self.links += 1,
            "pre" => self.preformatted += 1,
            // Two of them part paragraphs.
            "br" if self.gap == Gap::Line => self.gap = Gap::Paragraph,
            "br" => self.part(Gap::Line),
            _ => {}
        }
        self.part(around(name));
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.links -= 1,
            "pre" => self.preformatted -= 1,
            _ => {}
        }
        self.part(around(name));
    }

    fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.part(Gap::Line),
                // Where a word may be broken; it is one word all the same.
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                c if c.is_whitespace() => self.part(Gap::Space),
                c => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.text.push(c);
        if self.links > 0 {
            self.linked += c.len_utf8();
        }
    }

    fn body(self) -> Body {
        Body { text: self.text, linked: self.linked }
    }
}

fn around(name: &str) -> Gap {
    if PARAGRAPHS.contains(&name) {
        Gap::Paragraph
    } else if LINES.contains(&name) {
        Gap::Line
    } else if matches!(name, "td" | "th") {
        Gap::Space
    } else {
        Gap::None
    }
}
