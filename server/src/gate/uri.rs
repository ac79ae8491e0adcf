//! Keeps the client's own spelling of URIs.
//!
//! LSP's types hold a parsed `Url`, which may be spelled differently from what the client sent
//! (`file:///a b.py` becomes `file:///a%20b.py`) or may not exist at all (`scratch`). To the server
//! a URI is an opaque key. One that would change is wrapped on its way in and unwrapped on its way
//! out.

use serde_json::Value;
use tower_lsp::lsp_types::Url;

const SCHEME: &str = "pygloss-raw:";

/// The key for a document that the client calls `spelling`.
pub fn opaque(spelling: &str) -> Url {
    match Url::parse(spelling) {
        Ok(url) if url.as_str() == spelling && url.scheme() != "pygloss-raw" => url,
        _ => wrap(spelling),
    }
}

/// What the client calls the document with this key.
pub fn spelling(url: &Url) -> String {
    unwrap(url.as_str()).unwrap_or_else(|| url.as_str().to_owned())
}

/// `body` with all wrapped URIs in the client's spelling again.
pub fn restore(body: Vec<u8>) -> Vec<u8> {
    let marker = format!("\"{SCHEME}");
    if memchr::memmem::find(&body, marker.as_bytes()).is_none() {
        return body;
    }
    let Ok(mut value) = serde_json::from_slice(&body) else { return body };
    restore_in(&mut value);
    serde_json::to_vec(&value).unwrap_or(body)
}

/// Unwraps every string and key. As deep as the JSON that the server itself writes.
fn restore_in(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(spelling) = unwrap(text) {
                *text = spelling;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(restore_in),
        Value::Object(fields) => {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|(key, mut value)| {
                    restore_in(&mut value);
                    (unwrap(&key).unwrap_or(key), value)
                })
                .collect();
        }
        _ => {}
    }
}

/// Hexadecimal, since it is spelled the same in every `Url`.
fn wrap(spelling: &str) -> Url {
    let hex: String = spelling.bytes().map(|byte| format!("{byte:02x}")).collect();
    Url::parse(&format!("{SCHEME}{hex}")).expect("a scheme and hexadecimal digits are a URL")
}

fn unwrap(text: &str) -> Option<String> {
    let hex = text.strip_prefix(SCHEME)?;
    let digits: Option<Vec<u8>> =
        hex.chars().map(|digit| digit.to_digit(16).map(|digit| digit as u8)).collect();
    let bytes = digits?.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect();
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_comes_back() {
        for uri in [
            "file:///w/a.py",
            "file:///a b.py",
            "FILE:///x/../y.py",
            "untitled:Untitled-1",
            "vscode-notebook-cell:/w/n.ipynb#W0sZmlsZQ%3D%3D",
            "no scheme",
            "",
            "file:///c%3A/é漢😀.py",
            "pygloss-raw:61",
        ] {
            let key = opaque(uri);
            assert_eq!(spelling(&key), uri);
            let body = serde_json::json!({"changes": {key.as_str(): [key.as_str()]}});
            let restored = restore(serde_json::to_vec(&body).unwrap());
            let expected = serde_json::json!({"changes": {uri: [uri]}});
            assert_eq!(serde_json::from_slice::<Value>(&restored).unwrap(), expected);
        }
    }

    #[test]
    fn ordinary_uris_are_left_alone() {
        assert_eq!(opaque("file:///w/a%20b.py").as_str(), "file:///w/a%20b.py");
    }
}
