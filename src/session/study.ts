import { filesOf, isCell } from "../notebook/notebook.ts";
import { parseNotebook } from "../notebook/parseNotebook.ts";
import { DocumentError } from "./documents.ts";

/** A notebook and the files that it was made with, as they lie beside the page on its host. */
export interface Study {
  document: string;
  files: File[];
}

const key = "#study=";
const stallMs = 60_000; // a host that has not answered by then has gone

/** The address of a study's notebook, where a fragment names one. */
export function studyPath(hash: string): string | undefined {
  if (!hash.startsWith(key)) return undefined;
  const path = hash.slice(key.length);
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // cut short when it was copied: what is asked for is not there, which is said
  }
}

/**
 * Fetches a published study: the notebook at a path below the page's own folder, and the files that its
 * `file` blocks name by `src`, which lie beside it or below. Nothing is asked of any other host.
 *
 * @param base the address of the page
 * @throws DocumentError naming the file that is not there, that lies elsewhere or that is no notebook
 */
export async function readStudy(path: string, base: string): Promise<Study> {
  const folder = new URL(".", base);
  const address = within(folder, path);
  const document = await (await get(address)).text();
  const notebook = parseNotebook(document);
  if (!notebook.blocks.some(isCell))
    throw new DocumentError(`no notebook: ${path}`, { code: "noCells", path });
  const names = filesOf(notebook).flatMap(({ src }) => (src ? [src] : []));
  const files = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const blob = await (await get(within(new URL(".", address), name))).blob();
      return new File([blob], name.slice(name.lastIndexOf("/") + 1));
    }),
  );
  return { document, files };
}

function within(folder: URL, path: string): URL {
  const address = new URL(path, folder);
  const isInside = address.origin === folder.origin && address.pathname.startsWith(folder.pathname);
  if (!isInside || /[?#\\]/.test(path))
    throw new DocumentError(`not below the folder ${folder.pathname}: ${path}`, {
      code: "elsewhere",
      path,
    });
  return address;
}

async function get(address: URL): Promise<Response> {
  const absent = { code: "absent", path: decodeURI(address.pathname) } as const;
  const options = { redirect: "error", signal: AbortSignal.timeout(stallMs) } as const;
  const answer = await fetch(address, options).catch((cause: unknown) => {
    throw new DocumentError(`not to be had: ${address.pathname}`, { ...absent, cause });
  });
  // a host may answer with its own page for what it does not have
  const isPage = /text\/html/.test(answer.headers.get("content-type") ?? "");
  if (!answer.ok || isPage)
    throw new DocumentError(
      `not there: ${address.pathname} (${isPage ? "a page" : answer.status})`,
      absent,
    );
  return answer;
}
