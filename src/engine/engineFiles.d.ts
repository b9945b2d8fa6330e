/** Made by the build (vite.config.ts) from the package of the engine. */
declare module "virtual:engine-files" {
  export interface EngineFile {
    /** relative to the page */
    path: string;
    /** of the file as it is shipped, gzip compressed */
    shippedBytes: number;
    /** of the file inflated */
    bytes: number;
    /** of the file inflated, hexadecimal */
    sha256: string;
  }
  export const engineVersion: string;
  export const wasmFile: EngineFile;
  export const workerFile: EngineFile;
}
