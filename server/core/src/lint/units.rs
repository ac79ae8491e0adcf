//! The parts of a long class that are looked at one by one, so that few of them are looked at again
//! when something changes that a few of them asked about.

use crate::document::Item;
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

/// Shorter items are looked at as a whole.
const SPLIT_LEN: usize = 2 << 10;

/// The functions in the body of the class that an item is, each with its decorators. They stay what
/// they are as long as the item does. Nothing for a short item, and for one that is no class.
pub(crate) struct Members<'a> {
    item: &'a Item,
    /// From the root to the body of the class.
    path: Vec<Node<'a>>,
    members: Vec<Node<'a>>,
}

impl<'a> Members<'a> {
    pub fn of(item: &'a Item) -> Self {
        let path = path_to_body(item).unwrap_or_default();
        let members = path.last().map_or_else(Vec::new, |body| {
            body.named_children().filter(|node| is_function(*node)).collect()
        });
        Self { item, path, members }
    }

    pub fn count(&self) -> u32 {
        u32::try_from(self.members.len()).unwrap_or(0)
    }

    /// Calls `visit` with the path to each intact node of the item that is in no member.
    pub fn around(&self, visit: impl FnMut(&[Node<'a>])) {
        let Some(tree) = self.item.tree() else { return };
        let is_member = |node: &Node<'a>| {
            if !matches!(kind(*node), Kind::FunctionDefinition | Kind::DecoratedDefinition) {
                return false;
            }
            let found = self.members.binary_search_by_key(&node.start_byte(), Node::start_byte);
            found.is_ok_and(|at| self.members[at] == *node)
        };
        let path = vec![tree.root_node()];
        walk::intact_below(path, self.item.text(), |node| !is_member(&node), visit);
    }

    /// Calls `visit` with the path to each intact node of a member.
    pub fn within(&self, member: u32, visit: impl FnMut(&[Node<'a>])) {
        let Some(member) = self.members.get(member as usize) else { return };
        let path = self.path.iter().chain([member]).copied().collect();
        walk::intact_below(path, self.item.text(), |_| true, visit);
    }
}

fn path_to_body(item: &Item) -> Option<Vec<Node<'_>>> {
    (item.text().len() > SPLIT_LEN).then_some(())?;
    let root = item.tree()?.root_node();
    let top = root.named_children().find(|node| kind(*node) != Kind::Comment)?;
    let mut path = vec![root, top];
    let class = definition_of(top);
    if class != top {
        path.push(class);
    }
    (kind(class) == Kind::ClassDefinition).then_some(())?;
    path.push(Field::Body.of(class)?);
    Some(path)
}

/// Without its decorators.
fn definition_of(node: Node<'_>) -> Node<'_> {
    let definition = Field::Definition.of(node);
    definition.filter(|_| kind(node) == Kind::DecoratedDefinition).unwrap_or(node)
}

fn is_function(node: Node<'_>) -> bool {
    kind(definition_of(node)) == Kind::FunctionDefinition
}
