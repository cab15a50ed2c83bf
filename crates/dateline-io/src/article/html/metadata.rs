//! What a page says about its article: date, publisher, address.

use dom_smoothie::Readability;
use serde_json::Value;

/// Names of `meta` elements that hold the date of publication, the best first. Dates of change are
/// left out: an article is read as of the day on which it came out.
const DATES: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
];
const SEPARATORS: &[char] = &['|', '-', '\u{2013}', '\u{2014}', '\u{b7}', '\u{bb}', ':'];

#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) published: Option<String>,
    pub(super) site: Option<String>,
    headline: Option<String>,
    headings: Vec<String>,
    canonical: Option<String>,
}

impl Metadata {
    /// To be read before the article is extracted, which removes most of it.
    pub(super) fn of(page: &Readability) -> Metadata {
        let linked = linked_data(page);
        let published = || {
            DATES
                .iter()
                .find_map(|name| meta(page, name))
                .or_else(|| item(page))
                .or_else(|| time(page))
        };
        let canonical = page
            .doc
            .select("link[rel=\"canonical\"]")
            .attr("href")
            .and_then(|href| stated(&href))
            .or_else(|| meta(page, "og:url"));
        Metadata {
            published: linked.published.or_else(published),
            site: meta(page, "og:site_name")
                .or(linked.site)
                .or_else(|| meta(page, "application-name")),
            headline: linked.headline,
            headings: page.doc.select("h1").nodes().iter().map(|h| one_line(&h.text())).collect(),
            canonical: canonical.filter(|url| path(url).is_some()),
        }
    }

    /// The title, without the name of the site: of "Envoys meet | The Herald" what the page shows as
    /// its heading, or what stands before the name that it states.
    pub(super) fn title(&self, found: &str) -> Option<String> {
        let found = one_line(found);
        let is_all_but_site = |heading: &&str| {
            let rest = found.strip_prefix(*heading).unwrap_or_default().trim_start();
            !heading.is_empty() && rest.starts_with(SEPARATORS)
        };
        let headings = self.headings.iter().chain(&self.headline).map(String::as_str);
        let before = |site: &String| {
            let rest = found.strip_suffix(site.as_str())?.trim_end();
            Some(rest.strip_suffix(SEPARATORS)?.trim_end().to_owned())
        };
        let heading = headings.into_iter().find(is_all_but_site).map(str::to_owned);
        let title = heading.or_else(|| self.site.as_ref().and_then(before));
        title.or(Some(found)).filter(|title| !title.is_empty()).or_else(|| self.headline.clone())
    }

    /// The page's address: its own word, unless that is the whole site.
    pub(super) fn url(&self, fetched: Option<&str>) -> Option<String> {
        match (&self.canonical, fetched) {
            (Some(own), Some(fetched)) if path(own) == Some("") => Some(fetched.to_owned()),
            (Some(own), _) => Some(own.clone()),
            (None, fetched) => fetched.map(str::to_owned),
        }
    }
}

/// What comes after the host of an address, without the first slash.
fn path(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    Some(rest.split_once('/').map_or("", |(_, path)| path))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn stated(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The content of a `meta` element; its name stands in any of three attributes, in any case.
fn meta(page: &Readability, name: &str) -> Option<String> {
    page.doc.select("meta[content]").nodes().iter().find_map(|node| {
        let is_it = ["property", "name", "itemprop"]
            .iter()
            .any(|key| node.attr(key).is_some_and(|found| found.trim().eq_ignore_ascii_case(name)));
        is_it.then(|| node.attr("content")).flatten().and_then(|content| stated(&content))
    })
}

/// The date in microdata.
fn item(page: &Readability) -> Option<String> {
    page.doc.select("[itemprop=\"datePublished\"]").nodes().iter().find_map(|node| {
        let value = node.attr("datetime").or_else(|| node.attr("content"));
        stated(&value.unwrap_or_else(|| node.text()))
    })
}

/// The first time that the article shows. Of several articles on a page, nobody can tell which.
fn time(page: &Readability) -> Option<String> {
    if page.doc.select("article").nodes().len() != 1 {
        return None;
    }
    page.doc.select("article time[datetime]").nodes().iter().find_map(|node| {
        let says = ["class", "itemprop"].map(|key| node.attr_or(key, "").to_ascii_lowercase());
        let is_change = says.iter().any(|text| text.contains("modif") || text.contains("updat"));
        if is_change { None } else { stated(&node.attr("datetime")?) }
    })
}

#[derive(Default)]
struct Linked {
    published: Option<String>,
    site: Option<String>,
    headline: Option<String>,
}

/// The article in the page's JSON-LD.
fn linked_data(page: &Readability) -> Linked {
    for node in page.doc.select("script[type]").nodes() {
        let kind = node.attr_or("type", "").to_ascii_lowercase();
        if !kind.trim_start().starts_with("application/ld+json") {
            continue;
        }
        let Ok(value) = serde_json::from_str::<Value>(node.text().trim()) else { continue };
        if let Some(article) = article(&value) {
            let text = |value: &Value| value.as_str().and_then(stated);
            let publisher = match &article["publisher"] {
                Value::Array(all) => all.first().unwrap_or(&Value::Null),
                other => other,
            };
            return Linked {
                published: text(&article["datePublished"]),
                site: text(&publisher["name"]),
                headline: text(&article["headline"]),
            };
        }
    }
    Linked::default()
}

/// The first article among values that stand beside each other. Those within an article are other
/// ones, such as the ones that it cites.
fn article(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(values) => values.iter().find_map(article),
        Value::Object(_) if is_article(&value["@type"]) => Some(value),
        Value::Object(_) => article(&value["@graph"]).or_else(|| article(&value["mainEntity"])),
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
        }
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}
