//! Tells cargo that the packs in `content/` are part of the program.

fn main() {
    println!("cargo::rerun-if-changed=content");
}
