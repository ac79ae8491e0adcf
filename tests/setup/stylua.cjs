// Checks the format of the Lua files in folders: node stylua.cjs [--write] FOLDER...
const fs = require("node:fs");
const path = require("node:path");
const stylua = require("@johnnymorganz/stylua");

const write = process.argv.includes("--write");
// Formatting takes its configuration away, so each file gets one of its own.
function config() {
  const made = stylua.Config.new();
  made.column_width = 100;
  made.indent_type = stylua.IndentType.Spaces;
  made.indent_width = 2;
  made.quote_style = stylua.QuoteStyle.AutoPreferSingle;
  return made;
}

let checked = 0;
let differing = 0;
for (const folder of process.argv.slice(2).filter((argument) => argument !== "--write")) {
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    if (!name.endsWith(".lua")) continue;
    const file = path.join(folder, name);
    const text = fs.readFileSync(file, "utf8");
    const formatted = stylua.formatCode(text, config(), undefined, stylua.OutputVerification.None);
    checked += 1;
    if (formatted === text) continue;
    if (write) fs.writeFileSync(file, formatted);
    differing += 1;
    console.log(`${file}: ${write ? "formatted" : "is not formatted"}`);
  }
}
console.log(`${checked} Lua files`);
process.exit(checked > 0 && (write || differing === 0) ? 0 : 1);
