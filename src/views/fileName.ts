/** A name for an exported figure: `perennial-cohort-retention.csv`, with the day the data ends where known. */
export function fileName(analysis: string, ending: string, asOf: string | null): string {
  const safe = analysis.replace(/[^A-Za-z0-9._-]+/g, "-");
  return `perennial-${safe}${asOf ? `-${asOf}` : ""}.${ending}`;
}
