//! A map whose clones share what is in it.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashMap;

/// A map. A clone costs little: it shares the entries that there are, and either of the two keeps what it
/// changes to itself while the other lives.
#[derive(Clone, Debug)]
pub(super) struct Layered<K, V> {
    shared: Arc<FxHashMap<K, V>>,
    /// What is otherwise than in `shared`; nothing stands for an entry that is gone.
    own: FxHashMap<K, Option<V>>,
}

impl<K, V> Default for Layered<K, V> {
    fn default() -> Self {
        Self { shared: Arc::default(), own: FxHashMap::default() }
    }
}

impl<K: Hash + Eq, V: Clone> Layered<K, V> {
    pub fn get<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.own.get(key) {
            Some(own) => own.as_ref(),
            None => self.shared.get(key),
        }
    }

    /// All entries, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        let shared = self.shared.iter().filter(|(key, _)| !self.own.contains_key(*key));
        let own = self.own.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
        shared.chain(own)
    }

    /// Calls `change` with what is there under the key, or with the default, which is then put there.
    pub fn update<Q: ?Sized + Hash + Eq>(&mut self, key: &Q, change: impl FnOnce(&mut V))
    where
        K: Borrow<Q> + for<'a> From<&'a Q>,
        V: Default,
    {
        if let Some(all) = self.unshared() {
            match all.get_mut(key) {
                Some(value) => change(value),
                None => change(all.entry(key.into()).or_default()),
            }
        } else {
            let was = || self.shared.get(key).cloned();
            change(self.own.entry(key.into()).or_insert_with(was).get_or_insert_default());
        }
    }

    /// Puts a value under the key.
    pub fn insert(&mut self, key: K, value: V) {
        match self.unshared() {
            Some(all) => drop(all.insert(key, value)),
            None => drop(self.own.insert(key, Some(value))),
        }
    }

    /// Takes away what is there under the key.
    pub fn remove(&mut self, key: K) -> Option<V> {
        if let Some(all) = self.unshared() {
            return all.remove(&key);
        }
        let was = self.get(&key).cloned()?;
        self.own.insert(key, None);
        Some(was)
    }

    /// All entries, if no clone shares them any more.
    fn unshared(&mut self) -> Option<&mut FxHashMap<K, V>> {
        let shared = Arc::get_mut(&mut self.shared)?;
        for (key, value) in self.own.drain() {
            match value {
                Some(value) => drop(shared.insert(key, value)),
                None => drop(shared.remove(&key)),
            }
        }
        Some(shared)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    type Map = Layered<Box<str>, Vec<u8>>;
    type Model = BTreeMap<String, Vec<u8>>;

    /// What is done to one of several clones.
    #[derive(Clone, Debug)]
    enum Step {
        Clone,
        Drop,
        Add(char, u8),
        Insert(char, u8),
        Remove(char),
    }

    fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
        let key = || prop::char::range('a', 'e');
        let step = prop_oneof![
            1 => Just(Step::Clone),
            1 => Just(Step::Drop),
            3 => (key(), any::<u8>()).prop_map(|(key, value)| Step::Add(key, value)),
            2 => (key(), any::<u8>()).prop_map(|(key, value)| Step::Insert(key, value)),
            3 => key().prop_map(Step::Remove),
        ];
        prop::collection::vec((0..8_usize, step), 0..60)
    }

    fn assert_same(map: &Map, model: &Model) {
        let all: Model = map.iter().map(|(key, value)| (key.to_string(), value.clone())).collect();
        assert_eq!(&all, model);
        assert_eq!(map.iter().count(), model.len());
        for key in ["a", "b", "c", "d", "e"] {
            assert_eq!(map.get(key), model.get(key));
        }
    }

    proptest! {
        #[test]
        fn each_clone_holds_what_was_done_to_it(steps in steps()) {
            let mut maps = vec![(Map::default(), Model::new())];
            for (which, step) in steps {
                let at = which % maps.len();
                let is_one = maps.len() == 1;
                let (map, model) = &mut maps[at];
                match step {
                    Step::Clone => {
                        let both = (map.clone(), model.clone());
                        maps.push(both);
                    }
                    Step::Drop if is_one => {}
                    Step::Drop => drop(maps.remove(at)),
                    Step::Add(key, value) => {
                        map.update(&*key.to_string(), |all| all.push(value));
                        model.entry(key.to_string()).or_default().push(value);
                    }
                    Step::Insert(key, value) => {
                        map.insert(key.to_string().into(), vec![value]);
                        model.insert(key.to_string(), vec![value]);
                    }
                    Step::Remove(key) => {
                        let key = key.to_string();
                        prop_assert_eq!(map.remove(key.clone().into()), model.remove(&key));
                    }
                }
                for (map, model) in &maps {
                    assert_same(map, model);
                }
            }
        }
    }
}
