declare module "virtual:site-files" {
  /** integrity of each of the page's own files, by its path below the page's folder */
  export const files: Record<string, string>;
  /** changes with any of them */
  export const version: string;
}
