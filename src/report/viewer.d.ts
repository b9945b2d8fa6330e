declare module "virtual:report-viewer" {
  /** a classic script that stands in no need of anything else */
  export const script: string;
  export const style: string;
}
