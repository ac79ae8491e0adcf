use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn nothing_catches_and_keys_are_taken_for_granted() {
    check_hover(
        "import json\n\ndef name(text):\n    data = json.lo$0ads(text)\n    print(data[\"id\"], data.get(\"age\"))\n    data[\"seen\"] = True\n    return data[\"user\"][\"name\"]\n",
        expect![[r#"
                data = json.loads(text)
                       ▔▔▔▔▔▔▔▔▔▔

            Nothing in this function catches what `json.loads` raises for text that is no
            JSON: a `JSONDecodeError`, which is a `ValueError`.

            **Here**

            - Read without a default, on lines 5, 7: `"id"`, `"user"`. A key that is missing
              is a `KeyError`.

            **Say in the interview**

            What comes over the network is checked where it enters: is it JSON, is it an
            object, are the keys there. A model, such as a dataclass made from it, keeps
            `KeyError` out of the rest.

            [json.JSONDecodeError](https://docs.python.org/3/library/json.html#json.JSONDecodeError) · [requests: Response.json](https://requests.readthedocs.io/en/latest/user/quickstart/#json-response-content)
        "#]],
    );
}

#[test]
fn the_answer_of_a_request() {
    check_hover(
        "import requests\n\ndef user(url):\n    response = requests.get(url, timeout=5)\n    try:\n        return response.js$0on()\n    except ValueError:\n        return None\n",
        expect![[r#"
                    return response.json()
                           ▔▔▔▔▔▔▔▔▔▔▔▔▔

            What `response.json` raises for text that is no JSON, a kind of `ValueError`, is
            caught on line 7.

            **Here**

            - The response of `requests.get` is JSON only if the server says and means so;
              an error page is not.

            **Say in the interview**

            What comes over the network is checked where it enters: is it JSON, is it an
            object, are the keys there. A model, such as a dataclass made from it, keeps
            `KeyError` out of the rest.

            [json.JSONDecodeError](https://docs.python.org/3/library/json.html#json.JSONDecodeError) · [requests: Response.json](https://requests.readthedocs.io/en/latest/user/quickstart/#json-response-content)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "import json\njson.du$0mps(x)\n",
        "def f(response):\n    return response.js$0on()\n",
        // This one is awaited and decodes in another way.
        "import aiohttp\nsession = aiohttp.ClientSession()\nr = session.get(u)\nr.js$0on()\n",
        "json = load()\njson.lo$0ads(x)\n",
    ] {
        assert_ne!(card_at(source), "json-call", "{source}");
    }
}

#[test]
fn a_clause_that_is_not_known_may_catch() {
    check_hover(
        "import json\ntry:\n    json.loa$0ds(text)\nexcept errors:\n    pass\n",
        expect![[r#"
            no card
        "#]],
    );
}
