// Which program is the server. Nothing here knows VS Code, so that it can be tested alone.
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

export interface Places {
  /** The setting `pygloss.path`; empty when it is not set. */
  readonly configured: string;
  /** The folder of the extension. */
  readonly extension: string;
  /** The environment variable PATH. */
  readonly path: string;
  readonly platform: NodeJS.Platform;
  /** The folder that `~` stands for. */
  readonly home: string;
}

export type Found =
  | { readonly program: string; readonly from: string }
  | { readonly reason: string };

/**
 * The server to start: what the reader configured, else the one in the extension, else the one on
 * PATH. A configured one that cannot be run is an error: another one would only surprise.
 */
export function findServer(places: Places, canRun: (file: string) => boolean = isProgram): Found {
  const name = places.platform === "win32" ? "pygloss.exe" : "pygloss";
  if (places.configured !== "") {
    const program = places.configured.replace(/^~(?=[/\\])/, places.home);
    if (!isAbsolute(program)) {
      return { reason: `the setting pygloss.path must be an absolute path, not "${program}"` };
    }
    return canRun(program)
      ? { program, from: "the setting pygloss.path" }
      : { reason: `the setting pygloss.path names "${program}", which is not a program that can be run` };
  }
  const bundled = join(places.extension, "server", name);
  if (canRun(bundled)) return { program: bundled, from: "the extension" };
  for (const folder of places.path.split(delimiter).filter(isAbsolute)) {
    const program = join(folder, name);
    if (canRun(program)) return { program, from: "PATH" };
  }
  return {
    reason:
      "this build of the extension has no server for this machine, PATH has no program " +
      `"${name}", and the setting pygloss.path is empty`,
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
