/**
 * Keeps the environment, where keys and tokens stand, out of the reports that Node writes when it is told to
 * (`--report-on-fatalerror` and others): those are handed on to others. Each thread has to say so for itself.
 */
export function keepEnvironmentOutOfReports(): void {
  // Not every host of the engine need have them.
  const report: typeof process.report | undefined = process.report;
  if (report !== undefined) report.excludeEnv = true;
}
