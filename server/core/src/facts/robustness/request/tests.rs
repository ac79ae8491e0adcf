use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn without_a_limit() {
    check_hover(
        "import requests\ndef pages(urls):\n    for url in urls:\n        response = requests.g$0et(url)\n        yield response.json()\n",
        expect![[r#"
                    response = requests.get(url)
                               ▔▔▔▔▔▔▔▔▔▔▔▔

            **Without a limit**: a server that goes silent keeps this call waiting for ever.

            **Here**

            - The body is read on line 5; before that nothing asks for the status.
            - A status of 400 or more raises nothing by itself: `raise_for_status()` does.
            - Each round of the loop on line 3 connects anew; `requests.Session()` keeps
              connections.

            **Say in the interview**

            The time-out is for silence, not for the whole answer. Retry what may succeed
            later and does no harm twice, with a pause that grows.

            [requests: timeouts](https://requests.readthedocs.io/en/latest/user/advanced/#timeouts) · [httpx: timeouts](https://www.python-httpx.org/advanced/timeouts/) · [urllib.request](https://docs.python.org/3/library/urllib.request.html#urllib.request.urlopen)
        "#]],
    );
}

#[test]
fn with_a_limit_and_a_look_at_the_status() {
    check_hover(
        "from requests import Session\nwith Session() as session:\n    answer = session.po$0st(url, json=data, timeout=5)\n    answer.raise_for_status()\n    print(answer.text)\n",
        expect![[r#"
                answer = session.post(url, json=data, timeout=5)
                         ▔▔▔▔▔▔▔▔▔▔▔▔

            How long a server that goes silent is waited for: `5`.

            **Here**

            - The status is looked at on line 4.
            - A status of 400 or more raises nothing by itself: `raise_for_status()` does.

            **Say in the interview**

            The time-out is for silence, not for the whole answer. Retry what may succeed
            later and does no harm twice, with a pause that grows.

            [requests: timeouts](https://requests.readthedocs.io/en/latest/user/advanced/#timeouts) · [httpx: timeouts](https://www.python-httpx.org/advanced/timeouts/) · [urllib.request](https://docs.python.org/3/library/urllib.request.html#urllib.request.urlopen)
        "#]],
    );
}

#[test]
fn what_is_told() {
    for (call, says) in [
        ("requests.g$0et(u).json()", "The body is read on line 3"),
        ("requests.g$0et(u, timeout=None)", "Without a limit"),
        ("httpx.g$0et(u)", "at most 5 seconds"),
        ("httpx.g$0et(u, timeout=None)", "Without a limit"),
        ("urllib.request.url$0open(u)", "setdefaulttimeout"),
        ("urllib.request.url$0open(u, None, 3)", "waited for: `3`"),
        ("urllib.request.url$0open(u, timeout=t)", "raises `urllib.error.HTTPError`"),
    ] {
        let card = snapshot_of(&format!("import requests, httpx\nimport urllib.request\n{call}\n"));
        assert!(card.contains(says), "{card}");
    }
    for uses in
        ["r.json()\nr.raise_for_status()\n", "check(r)\nr.json()\n", "if r.ok:\n    r.text\n"]
    {
        let card = snapshot_of(&format!("import requests\nr = requests.g$0et(u)\n{uses}"));
        assert!(card.contains("Without a limit") && !card.contains("body is read"), "{card}");
    }
}

#[test]
fn no_request() {
    for source in [
        "def f(requests):\n    requests.g$0et(u)\n",
        "from mine import requests\nrequests.g$0et(u)\n",
        "import requests\nrequests.g$0et(u, **options)\n",
        "import requests\nsession = requests.Session()\nsession = other\nsession.g$0et(u)\n",
        "d = {}\nd.g$0et(u)\n",
    ] {
        assert_ne!(card_at(source), "http-request", "{source}");
    }
}

#[test]
fn a_session_for_each_request() {
    check_hover(
        "import aiohttp\nasync def fetch(urls):\n    for url in urls:\n        async with aiohttp.Client$0Session() as session:\n            async with session.get(url) as response:\n                print(await response.text())\n",
        expect![[r#"
                    async with aiohttp.ClientSession() as session:
                               ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `aiohttp.ClientSession` is called in each round of the loop on line 3: no
            connection outlives its round. The `with` on line 4 closes this
            `aiohttp.ClientSession`. It keeps connections, cookies, headers over many
            requests.

            **Here**

            - By default a request may take 5 minutes in all.
            - That time-out raises `TimeoutError`, which is no `aiohttp.ClientError`: catch
              both.
            - A status of 400 or more raises nothing by itself, unless the session is made
              with `raise_for_status=True`.

            **Say in the interview**

            One client for many requests: opening a connection costs more than most
            requests.

            [requests: session objects](https://requests.readthedocs.io/en/latest/user/advanced/#session-objects) · [httpx: clients](https://www.python-httpx.org/advanced/clients/) · [aiohttp: client quickstart](https://docs.aiohttp.org/en/stable/client_quickstart.html)
        "#]],
    );
}

#[test]
fn a_client_that_stays_open() {
    check_hover(
        "import httpx\nclient = httpx.Cli$0ent(timeout=10)\nprint(client.get(url).text)\n",
        expect![[r#"
            client = httpx.Client(timeout=10)
                     ▔▔▔▔▔▔▔▔▔▔▔▔

            `client` is never closed in this file: its connections stay open. It keeps
            connections, cookies, headers over many requests.

            **Here**

            - A request has `10` as time-out, unless it says otherwise.
            - A time-out raises `httpx.TimeoutException`, an `httpx.HTTPError`.
            - A status of 400 or more raises nothing by itself: call `raise_for_status()` of
              the response.

            **Say in the interview**

            One client for many requests: opening a connection costs more than most
            requests.

            [requests: session objects](https://requests.readthedocs.io/en/latest/user/advanced/#session-objects) · [httpx: clients](https://www.python-httpx.org/advanced/clients/) · [aiohttp: client quickstart](https://docs.aiohttp.org/en/stable/client_quickstart.html)
        "#]],
    );
}

#[test]
fn clients() {
    for (source, says) in [
        ("c = httpx.Cli$0ent()\nc.close()\n", "is closed on line 4"),
        ("c = httpx.Cli$0ent(timeout=None)\nuse(c)\n", "Nothing limits"),
        ("with aiohttp.Client$0Session() as s:\n    pass\n", "needs `async with`"),
        (
            "s = aiohttp.Client$0Session(raise_for_status=True)\nuse(s)\n",
            "status of 400 or more raises, as",
        ),
    ] {
        let card = snapshot_of(&format!("import aiohttp\nimport httpx\n{source}"));
        assert!(card.contains(says), "{card}");
    }
    for source in [
        "from mine import httpx\nc = httpx.Cli$0ent()\n",
        "import httpx\nc = httpx.Cli$0ent(**options)\n",
        "class httpx:\n    class Client: ...\nc = httpx.Cli$0ent()\n",
    ] {
        assert_ne!(card_at(source), "http-client", "{source}");
    }
}
