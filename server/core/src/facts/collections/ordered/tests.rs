use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn an_ordered_dict_that_is_used_as_one() {
    check_hover(
        "from collections import OrderedDict\ncache = Ordered$0Dict()\ndef get(key):\n    cache.move_to_end(key)\n    while len(cache) > 9:\n        cache.popitem(last=False)\n    return cache[key]\n",
        expect![[r#"
            cache = OrderedDict()
                    ▔▔▔▔▔▔▔▔▔▔▔

            `OrderedDict()` is a dict whose keys can be moved.

            **Here**

            - `cache` moves keys on line 4.
            - `cache` gives up its oldest pair on line 6.

            **Say in the interview**

            A dict keeps the order of insertion, by definition since 3.7. `OrderedDict` adds
            `move_to_end` and `popitem(last=False)`, and two of them are equal only in the
            same order.

            **Watch for**

            - Assigning to a key that is there does not move it.

            [collections.OrderedDict](https://docs.python.org/3/library/collections.html#collections.OrderedDict)
        "#]],
    );
}

#[test]
fn an_ordered_dict_that_a_dict_can_replace() {
    check_hover(
        "import collections\nnames = collections.Ordered$0Dict()\nnames['a'] = 1\nfor name in names:\n    print(names[name])\n",
        expect![[r#"
            names = collections.OrderedDict()
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `collections.OrderedDict()` is a dict whose keys can be moved. In this file a
            dict would do: nothing uses more of `names`.

            **Say in the interview**

            A dict keeps the order of insertion, by definition since 3.7. `OrderedDict` adds
            `move_to_end` and `popitem(last=False)`, and two of them are equal only in the
            same order.

            **Watch for**

            - Assigning to a key that is there does not move it.

            [collections.OrderedDict](https://docs.python.org/3/library/collections.html#collections.OrderedDict)
        "#]],
    );
    for uses in [
        "d.move_to_end(1)\n",
        "d.popitem(False)\n",
        "d.popitem(last=x)\n",
        "d.popitem(**o)\n",
        "f(d)\n",
        "d == e\n",
        "e = d\n",
        "d[1] = 2\nd = {}\n",
        "",
    ] {
        let source = format!("from collections import OrderedDict\nd = Ordered$0Dict()\n{uses}");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains("can be moved") && !card.contains("would do"), "{source}{card}");
    }
}

#[test]
fn mappings_in_layers() {
    check_hover(
        "from collections import ChainMap\nsettings = Chain$0Map(arguments, environment, defaults)\nsettings['x'] = 1\nprint(settings['y'])\n",
        expect![[r#"
            settings = ChainMap(arguments, environment, defaults)
                       ▔▔▔▔▔▔▔▔

            A key is looked up in `arguments`, `environment`, `defaults`, in this order; the
            first that has it answers. Writing and deleting go to `arguments` alone.

            **Here**

            - `settings` is changed on line 3: the other mappings stay as they are.

            **Say in the interview**

            Nothing is copied: a later change of one of the mappings shows through. It fits
            settings in layers, such as arguments over environment over defaults.

            **Watch for**

            - Deleting a key that only a later mapping has raises `KeyError`.

            [collections.ChainMap](https://docs.python.org/3/library/collections.html#collections.ChainMap)
        "#]],
    );
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "from typing import OrderedDict\nd = Ordered$0Dict()\n",
        "from m import OrderedDict\nd = Ordered$0Dict()\n",
        "from collections import OrderedDict\nclass C(Ordered$0Dict): pass\n",
        "from collections import ChainMap\nc = Chain$0Map(*maps)\n",
        "from m import ChainMap\nc = Chain$0Map(a, b)\n",
        "from collections import *\nc = Chain$0Map(a, b)\n",
    ] {
        let card = card_at(source);
        assert!(card != "ordered-dict" && card != "chain-map", "{source}");
    }
}
