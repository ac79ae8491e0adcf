// Packs the extension with a server: npm run package -- PATH-OF-THE-SERVER [OUT.vsix]
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [server, out = "pygloss.vsix"] = process.argv.slice(2);
if (!server || !existsSync(server)) {
  console.error("usage: npm run package -- PATH-OF-THE-SERVER [OUT.vsix]");
  if (server) console.error(`there is no file ${server}`);
  process.exit(2);
}
const program = basename(server).endsWith(".exe") ? "pygloss.exe" : "pygloss";
const bundled = resolve("server", program);
rmSync("server", { recursive: true, force: true });
mkdirSync("server");
copyFileSync(server, bundled);
chmodSync(bundled, 0o755);

const root = fileURLToPath(new URL("../../../", import.meta.url));
const licences = ["LICENSE-MIT", "LICENSE-APACHE"];
for (const licence of licences) copyFileSync(resolve(root, licence), licence);
try {
  execFileSync(process.execPath, ["scripts/bundle.mjs"], { stdio: "inherit" });
  execFileSync(
    "npx",
    ["--no-install", "vsce", "package", "--no-dependencies", "--allow-missing-repository",
      "--skip-license", "--out", out],
    { stdio: "inherit" },
  );
} finally {
  for (const licence of licences) rmSync(licence, { force: true });
}
