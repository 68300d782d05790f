/** A fault that a check found in the package. */
export interface Finding {
  check: string;
  /** An `advice` is shown and does not stop the command. */
  severity: 'error' | 'advice';
  /** Relative to the package, or to the project when it is configuration. */
  file: string;
  line?: number;
  column?: number;
  message: string;
  fix: string;
}

export type Found = Omit<Finding, 'check' | 'severity'> & { severity?: Finding['severity'] };

/** `file:line:column`, as far as known. */
export function placeOf({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
