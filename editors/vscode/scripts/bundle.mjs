// Bundles the extension, or with --tests its unit tests, into dist/.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const tests = process.argv.includes("--tests");
const outdir = tests ? "dist/test" : "dist";
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: tests
    ? readdirSync("test")
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => `test/${name}`)
    : ["src/extension.ts"],
  outdir,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: !tests,
  sourcemap: tests ? "inline" : false,
  legalComments: "none",
  logLevel: "warning",
});
