export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  readonly text: string;
}
export const LICENCES_FILE: string;
export function isAllowed(licence: string): boolean;
export function shippedPackages(): ShippedPackage[];
export function licencesText(): string;
