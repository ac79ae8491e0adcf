//! Edits: which items they touch, and what is left of the others.

use super::{Document, Item, LinesMoved};
use crate::Span;
use crate::items::{ItemEnd, item_end};

/// What an edit did, to carry places from the old text into the new one.
#[derive(Clone, Copy)]
struct Change {
    start: usize,
    old_end: usize,
    new_end: usize,
}

impl Change {
    /// Where a place in the new text was in the old one; nothing inside what was put in.
    fn old_place(self, place: usize) -> Option<usize> {
        if place >= self.new_end {
            Some(place - self.new_end + self.old_end)
        } else {
            (place <= self.start).then_some(place)
        }
    }
}

impl Document {
    /// Puts `text` in place of `span` (bytes). A span past the end is cut, one inside a character
    /// starts or ends at that character's start.
    pub fn edit(&mut self, span: Span, text: &str) {
        let start = self.text.floor_boundary(span.start);
        let end = self.text.floor_boundary(span.end.max(start));
        let change = Change { start, old_end: end, new_end: start + text.len() };
        self.is_glanced_at = false;
        let first = self.first_that_saw(change);
        let old = self.text.clone();
        self.text.replace(Span::new(start, end), text);
        self.moves.get_mut().extend(LinesMoved::by_edit(&old, Span::new(start, end), &self.text));
        self.find_items(first, change, text);
    }

    /// The first item whose end was decided by bytes that change.
    fn first_that_saw(&self, change: Change) -> usize {
        let saw =
            |index: &usize| self.starts[*index] + self.items[*index].end().seen > change.start;
        let before = self.starts.partition_point(|&start| start <= change.start);
        (0..before).find(saw).unwrap_or(before)
    }

    fn find_items(&mut self, first: usize, change: Change, inserted: &str) {
        let old_len = self.text.len() - change.new_end + change.old_end;
        let mut old = first;
        let mut place = self.starts.get(first).copied().unwrap_or(old_len);
        let mut found = Vec::new();
        // Up to the first difference, items that saw the change but end as before stay in place.
        let mut kept_until = first;
        while place < self.text.len() {
            let (source, end) = self.look(place, self.guess(old, change.old_place(place)));
            let next = place + end.len;
            if found.is_empty() && next <= change.start && self.starts.get(old + 1) == Some(&next) {
                self.items[old].set_end(end);
                old = self.next_that_saw(old + 1, change);
                place = self.starts[old];
                kept_until = old;
                continue;
            }
            found.push((place, source, end));
            place = next;
            let converged = change.old_place(next).filter(|_| next >= change.new_end);
            if let Some(old_place) = converged
                && (self.starts.binary_search(&old_place).is_ok() || old_place == old_len)
            {
                break;
            }
            while self
                .starts
                .get(old + 1)
                .is_some_and(|&s| change.old_place(place).is_some_and(|p| s <= p))
            {
                old += 1;
            }
        }
        let old_place = change.old_place(place).unwrap_or(old_len);
        let last = self.starts.partition_point(|&start| start < old_place).max(kept_until);
        self.replace_items(kept_until, last, found, change, inserted);
    }

    /// The next item from `index` on that saw the change; the one that holds it always did.
    fn next_that_saw(&self, index: usize, change: Change) -> usize {
        (index..self.items.len() - 1)
            .find(|&i| self.starts[i] + self.items[i].end().seen > change.start)
            .unwrap_or(self.items.len() - 1)
    }

    /// How long the item at a place may be: as long as the old one there. Nothing is known about
    /// places inside an old item, and an item that breaks up into many is not measured by each.
    fn guess(&self, old: usize, old_place: Option<usize>) -> usize {
        let starts_there = old_place.is_some() && self.starts.get(old).copied() == old_place;
        if starts_there { self.items[old].text().len() } else { 0 }
    }

    /// The text of the item that starts at `place`, and where it ends.
    fn look(&self, place: usize, guess: usize) -> (String, ItemEnd) {
        let mut size = guess + 256;
        loop {
            let until = self.text.floor_boundary(place + size);
            let source = self.text.slice(Span::new(place, until));
            let end = item_end(&source);
            if until == self.text.len() || end.seen <= source.len() {
                let mut source = source;
                source.truncate(end.len);
                source.shrink_to_fit();
                return (source, end);
            }
            size *= 4;
        }
    }

    fn replace_items(
        &mut self,
        first: usize,
        last: usize,
        found: Vec<(usize, String, ItemEnd)>,
        change: Change,
        inserted: &str,
    ) {
        let Some(found) = self.replace_item(first, last, found, change, inserted) else { return };
        let mut old: Vec<(usize, Option<Item>)> = self.starts[first..last]
            .iter()
            .copied()
            .zip(self.items.drain(first..last).map(Some))
            .collect();
        let before: Vec<_> = old.iter().filter_map(|(_, item)| Some(item.as_ref()?.id())).collect();
        let pending = self.pending.get_mut();
        pending.extend(old.iter().filter_map(|(_, item)| item.as_ref()).map(Item::id));
        let mut new = Vec::with_capacity(found.len());
        for (place, source, end) in found {
            let twin = change
                .old_place(place)
                .and_then(|place| old.binary_search_by_key(&place, |(start, _)| *start).ok())
                .and_then(|index| Some((old[index].0, old[index].1.take()?)));
            new.push(match twin {
                Some((start, item)) => self.succeed(item, start, source, end, change, inserted),
                None => Item::new(self.new_id(), source, end),
            });
        }
        self.pending.get_mut().extend(new.iter().map(Item::id));
        let ids = |items: &[Item]| items.iter().map(Item::id).collect::<Vec<_>>();
        if before != ids(&new) {
            self.order_changed.set(true);
        }
        self.items.splice(first..first, new);
        self.count_starts_from(first);
    }
}

impl Document {
    /// [`Document::replace_items`] for most keys, which change one item: the others stay where they are in
    /// memory, too. Gives back what was found where it is not so.
    fn replace_item(
        &mut self,
        first: usize,
        last: usize,
        mut found: Vec<(usize, String, ItemEnd)>,
        change: Change,
        inserted: &str,
    ) -> Option<Vec<(usize, String, ItemEnd)>> {
        let start = self.starts.get(first).copied();
        let is_one = last == first + 1 && found.len() == 1;
        if !is_one || start != Some(found[0].0) || change.old_place(found[0].0) != start {
            return Some(found);
        }
        let (place, source, end) = found.remove(0);
        let id = self.items[first].id();
        let item = std::mem::replace(&mut self.items[first], Item::new(id, String::new(), end));
        self.items[first] = self.succeed(item, place, source, end, change, inserted);
        self.pending.get_mut().push(id);
        for start in &mut self.starts[last..] {
            *start = *start - change.old_end + change.new_end;
        }
        None
    }

    /// The item that takes the place of `item`, which started at `start`: the same one where nothing
    /// in it changed, an edited one where the change lies inside, else a new one with its id.
    fn succeed(
        &self,
        mut item: Item,
        start: usize,
        source: String,
        end: ItemEnd,
        change: Change,
        inserted: &str,
    ) -> Item {
        let old_end = start + item.text().len();
        let untouched = change.start >= old_end || change.old_end <= start;
        if untouched && item.text() == source {
            item.set_end(end);
            return item;
        }
        let inside = start <= change.start && change.old_end <= old_end;
        let grown = (old_end - start + change.new_end).checked_sub(change.old_end);
        if inside && grown == Some(source.len()) {
            let span = Span::new(change.start - start, change.old_end - start);
            item.edit(span, inserted, end, self.is_trial);
            debug_assert_eq!(item.text(), source);
            return item;
        }
        Item::new(item.id(), source, end)
    }
}
