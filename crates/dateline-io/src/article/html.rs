//! HTML pages: the article in them, without menus, scripts and captions.

mod metadata;
mod nesting;
mod text;

use dateline::{Article, panics::caught};
use dom_smoothie::{Config, Readability};

use super::{Found, Parsed, charset};
use crate::{Reason, Record};
use metadata::Metadata;

/// A page with fewer words is a menu, a gallery or an error.
const MIN_WORDS: usize = 25;
/// Articles are in pages of less than a tenth of this. The parser's time grows faster than the page:
/// one of this size can take a quarter of a minute.
const MAX_PAGE: usize = 4 << 20;
/// Where browsers, too, look for the name of the encoding (they take 1024 bytes).
const HEAD: usize = 2 << 10;

/// Its id is the input's name.
pub(super) fn parse(record: &Record) -> Result<Parsed, Reason> {
    page(&record.bytes, None, None, record.origin.source.clone())
}

/// The article of a page. `charset` and `url` are what its server says.
pub(super) fn page(
    html: &[u8],
    charset: Option<&str>,
    url: Option<&str>,
    id: String,
) -> Result<Parsed, Reason> {
    let stated = stated_charset(html);
    if html.len() > MAX_PAGE {
        return Err(Reason::LargePage { limit: MAX_PAGE });
    }
    let (html, note) = match charset::decode(html, charset.or(stated.as_deref())) {
        // As browsers do: one broken character of a page's frame is not to cost the article.
        Err(Reason::Utf8 { .. }) => {
            let note = "damaged UTF-8: broken characters became U+FFFD".to_owned();
            (String::from_utf8_lossy(html).into_owned(), Some(note))
        }
        decoded => decoded?,
    };
    let html = html.trim_start_matches('\u{feff}');
    nesting::check_source(html.as_bytes())?;
    // What comes from the web may meet a fault of the crate, which must cost one page only.
    let article = caught(|| extract(html, url))
        .map_err(|_| failed("the extraction of the article failed on this page"))??;
    let article = Article { id, ..article };
    Ok(Parsed::Article(Found { article, notes: note.into_iter().collect(), is_extracted: true }))
}

fn failed(problem: &str) -> Reason {
    Reason::Failed { problem: problem.to_owned() }
}

fn extract(html: &str, url: Option<&str>) -> Result<Article, Reason> {
    // JSON-LD is read by `metadata`, with a parser that takes any input.
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut page = Readability::new(html, None, Some(config)).map_err(|_| Reason::NoArticle)?;
    nesting::check_tree(&page)?;
    // The extraction removes what these are read from.
    let metadata = Metadata::of(&page);
    let extracted = page.parse().map_err(|_| Reason::NoArticle)?;
    let body = text::of(&page);
    // A list of links to articles is no article.
    if body.text.split_whitespace().count() < MIN_WORDS || body.linked * 2 > body.text.len() {
        return Err(Reason::NoArticle);
    }
    Ok(Article {
        title: metadata.title(&extracted.title),
        text: body.text,
        url: metadata.url(url),
        published: metadata.published,
        source: metadata.site,
        ..Article::default()
    })
}

/// The encoding that a page states in a `meta` element.
fn stated_charset(html: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&html[..html.len().min(HEAD)]).to_ascii_lowercase();
    head.split("<meta").skip(1).find_map(|rest| {
        let element = rest.split('>').next()?;
        let (_, after) = element.split_once("charset")?;
        let value = after.trim_start().strip_prefix('=')?;
        let value = value.trim_start_matches([' ', '"', '\'']);
        let is_end = |c: char| matches!(c, '"' | '\'' | ';' | '/') || c.is_whitespace();
        let label = value.split(is_end).next()?;
        (!label.is_empty()).then(|| label.to_owned())
    })
}

#[cfg(test)]
mod tests;
