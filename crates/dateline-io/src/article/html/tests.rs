use std::time::{Duration, Instant};

use super::*;
use proptest::prelude::*;

const STORY: &str = "<p>The harbour of Velmora was closed on Tuesday after a crane fell onto the \
    northern quay, the port authority said, and ferries to Tarnholm were sent back to sea.</p>\
    <p>Nobody was hurt, said Ilse Brandvik, who runs the authority. She expects the quay to open \
    again before the weekend, if divers find no damage to the wall under the water line.</p>\
    <p>The crane, built in the year the harbour was deepened, had been inspected in the spring \
    and was to be replaced next year, according to the authority and the town council.</p>";

fn found(html: &str) -> Found {
    match page(html.as_bytes(), None, None, "1".to_owned()) {
        Ok(Parsed::Article(found)) => found,
        other => panic!("{other:?}"),
    }
}

fn story(head: &str, extra: &str) -> Article {
    let html = format!(
        "<html><head>{head}</head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>\
         <article><h1>Crane closes harbour of Velmora</h1>{extra}{STORY}</article>\
         <footer>All rights reserved</footer></body></html>"
    );
    found(&html).article
}

#[test]
fn paragraphs_are_parted_and_noise_is_left_out() {
    let article = story(
        "<title>Crane closes harbour of Velmora | Tarnholm Courier</title>
         <meta property=og:site_name content='Tarnholm Courier'><style>p { color: red }</style>",
        "<script>var crane = 1;</script><figure><img src=a.jpg><figcaption>The crane, seen from \
         the ferry.</figcaption></figure>",
    );
    assert_eq!(article.title.as_deref(), Some("Crane closes harbour of Velmora"));
    assert_eq!(article.source.as_deref(), Some("Tarnholm Courier"));
    assert_eq!(article.id, "1");
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 3, "{}", article.text);
    assert!(paragraphs[0].starts_with("The harbour of Velmora was"));
    assert!(paragraphs[2].ends_with("the town council."));
}

#[test]
fn no_words_are_glued_together() {
    let article = story(
        "",
        "<div>First<br>second line<br><br>Then <b>bold</b>er&nbsp;text</div><ul><li>One thing</li>\
         <li>Another thing</li></ul><dl><dt>Term</dt><dd>Meaning</dd></dl><table><tr><td>Left</td>\
         <td>Right</td></tr><tr><td>Down</td></tr></table><blockquote>Quo\u{ad}ted \
         words</blockquote>",
    );
    let expected = [
        "First\nsecond line\n\nThen bolder text\n\nOne thing\nAnother thing\n\n",
        "\n\nQuoted words\n\nThe harbour",
    ];
    for part in expected {
        assert!(article.text.contains(part), "{part:?} in {:?}", article.text);
    }
    assert!(!article.text.contains("TermMeaning") && !article.text.contains("LeftRight"));
    assert_eq!(article.text.trim(), article.text);
}

#[test]
fn the_date_is_the_one_that_the_page_states() {
    let linked = |json: &str| format!("<script type='application/ld+json'>{json}</script>");
    let graph = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebPage",
        "datePublished": "2019-01-01"}, {"@type": ["NewsArticle"], "headline": "Crane",
        "datePublished": "2024-07-23T10:00:00+02:00", "publisher": {"name": "Courier"}}]}"#;
    let plain = r#"[{"@type": "NewsArticle", "datePublished": "2024-07-23T10:00:00+02:00"}]"#;
    let heads = [
        linked(graph),
        linked(plain),
        linked("{ not json") + &linked(plain),
        "<meta property='article:published_time' content='2024-07-23T10:00:00+02:00'>".to_owned()
            + "<meta property='article:modified_time' content='2024-07-25'>",
        "<meta name='DC.date' content=' 2024-07-23T10:00:00+02:00 '>".to_owned(),
        "<meta itemprop='datePublished' content='2024-07-23T10:00:00+02:00'>".to_owned(),
    ];
    for head in heads {
        let published = story(&head, "").published;
        assert_eq!(published.as_deref(), Some("2024-07-23T10:00:00+02:00"), "{head}");
    }
    let time = "<time class=updated datetime=2024-07-25>Thursday</time>\
        <time datetime=2024-07-23>Tuesday</time>";
    assert_eq!(story("", time).published.as_deref(), Some("2024-07-23"));
    let time = "<span itemprop=datePublished>23 July 2024</span>";
    assert_eq!(story("", time).published.as_deref(), Some("23 July 2024"));
    assert_eq!(story("<meta name=last-modified content=2024-07-25>", "").published, None);
}

#[test]
fn the_address_is_the_canonical_one() {
    let read = |head: &str, url| {
        let html = format!("<html><head>{head}</head><article>{STORY}</article></html>");
        match page(html.as_bytes(), None, url, String::new()) {
            Ok(Parsed::Article(found)) => found.article.url,
            other => panic!("{other:?}"),
        }
    };
    let canonical = "<link rel=canonical href=https://courier.example/crane>";
    let fetched = Some("http://courier.example/crane?x=1");
    assert_eq!(read(canonical, fetched).as_deref(), Some("https://courier.example/crane"));
    let site = "<link rel=canonical href=https://courier.example/>";
    assert_eq!(read(site, fetched).as_deref(), fetched);
    assert_eq!(read("<link rel=canonical href=/crane>", fetched).as_deref(), fetched);
    assert_eq!(read("", None), None);
}

#[test]
fn the_encoding_is_stated_by_the_page() {
    let metas = [
        "<meta charset=iso-8859-2>",
        "<META http-equiv='Content-Type' content='text/html; charset=ISO-8859-2'>",
    ];
    for meta in metas {
        let html = format!("<html><head>{meta}</head><article><p>Ho#ek.</p>{STORY}</article>");
        let bytes: Vec<u8> = html.bytes().map(|b| if b == b'#' { 0xB9 } else { b }).collect();
        let Ok(Parsed::Article(found)) = page(&bytes, None, None, String::new()) else { panic!() };
        assert!(found.article.text.contains("Ho\u{161}ek"), "{}", found.article.text);
        assert_eq!(found.notes, ["not UTF-8: read as iso-8859-2"]);
        assert!(found.is_extracted);
    }
    assert_eq!(stated_charset(b"<meta name=charset><p>charset=x"), None);
}

#[test]
fn pages_without_an_article_say_so() {
    let links = "<li><a href=/x>Harbour closed after crane falls onto the quay</a></li>".repeat(30);
    let menu = format!("<html><body><ul>{links}</ul></body></html>");
    for html in ["", "<p>", "<html><body><p>Page not found.</p></body></html>", &menu] {
        let read = page(html.as_bytes(), None, None, String::new());
        assert_eq!(read, Err(Reason::NoArticle), "{html}");
    }
}

/// Reads a page on a stack as small as worker threads have.
fn on_small_stack(html: String) -> (Result<Parsed, Reason>, Duration) {
    let read = move || {
        let start = Instant::now();
        (page(html.as_bytes(), None, None, String::new()), start.elapsed())
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(read).unwrap().join().unwrap()
}

#[test]
fn absurd_nesting_is_refused_in_no_time() {
    let deep = |tag: &str| tag.repeat(100_000) + STORY;
    let pages = [
        deep("<div>"),
        deep("<b>") + &deep("<b><p>"),
        deep("<div><b></div>"),
        (0..100_000).map(|n| format!("<b id={n}><p>x")).collect(),
        deep("<blockquote><p>"),
        deep("<div/>"),
        deep("<svg><g>"),
        deep("<!--><div>"),
        deep("<div></b>"),
        deep("<table><tr><td><div></div></div></div>"),
        deep("<ul><li>"),
        deep("<svg><style><div>"),
        format!("<div {}>{STORY}", "a b=c ".repeat(100_000)),
        (0..100_000).map(|n| format!("<div a{n} ")).collect(),
        deep("<font color=red><p>"),
        deep("<a><div>"),
    ];
    for page in pages {
        let name: String = page.chars().take(40).collect();
        let (_, time) = on_small_stack(page);
        assert!(time < Duration::from_secs(10), "{name}: {time:?}");
    }
    let (read, _) = on_small_stack(deep("<div>"));
    assert_eq!(read, Err(Reason::Nesting { limit: nesting::MAX_DEPTH }));
}

#[test]
fn the_deepest_nesting_that_is_read_fits_the_stack() {
    for tag in ["<div>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<b id=#>", "<section>"] {
        let repeat = nesting::MAX_DEPTH - 4;
        let open: String = (0..repeat).map(|n| tag.replace('#', &n.to_string())).collect();
        let (read, _) = on_small_stack(format!("<html><body>{open}{STORY}"));
        assert!(!matches!(read, Err(Reason::Failed { .. })), "{tag} {read:?}");
    }
}

#[test]
fn ordinary_pages_are_not_called_nested() {
    let blocks = [
        "<div><p>a<br>b<img src=x></div>",
        "<p><a href=x>",
        "<font color=red><p>x",
        "<svg><path d='M0'/><g><circle/></g></svg>",
        "<ul><li>a<li>b</ul>",
        "<!-- <div> <div> -->",
        "<script>if (a<b) '<div>'</script>",
        "<div title='a > b'>x</div>",
        "<table><tr><td>a<td>b</table>",
        "<select><option>a<option>b</select>",
    ];
    for block in blocks {
        assert_eq!(nesting::check_source(block.repeat(2000).as_bytes()), Ok(()), "{block}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn never_panics(
        parts in proptest::collection::vec(
            "(<(/)?(div|p|b|a|table|td|svg|script|title|!--)( [a-z]=[\"']?x)?>?|[a-z ]{0,30}|&[a-z]{2};)",
            0..60,
        )
    ) {
        let html = parts.concat() + STORY;
        let read = page(html.as_bytes(), None, None, String::new());
        let is_failed = matches!(read, Err(Reason::Failed { .. }));
        prop_assert!(!is_failed);
    }
}

#[test]
fn the_heading_is_the_title_without_the_site() {
    let story =
        "<p>Envoys of Norway and Kenya met in Oslo on Tuesday and said that the talks would \
                 go on in Nairobi as soon as both sides had looked at what was proposed.</p>"
            .repeat(3);
    let title = |title: &str, heading: &str| {
        let page = format!(
            "<html><head><title>{title}</title></head><body><article><h1>{heading}</h1>{story}\
             </article></body></html>"
        );
        match page_of(&page) {
            Parsed::Article(found) => found.article.title.unwrap(),
            Parsed::NoArticle(why) => panic!("{why}"),
        }
    };
    assert_eq!(title("Envoys meet | Fjord Herald", "Envoys\n meet"), "Envoys meet");
    assert_eq!(
        title("Envoys meet - Fjord Herald", "Envoys meet in Oslo"),
        "Envoys meet - Fjord Herald"
    );
    assert_eq!(title("Envoys meet", "Fjord Herald"), "Envoys meet");
}

fn page_of(html: &str) -> Parsed {
    page(html.as_bytes(), None, None, "a".to_owned()).unwrap()
}
