/** From the oldest to the newest delivery that a search may find now and did not before, by the numbers of their ids. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What changes while somebody is busy asking: however much it is, it is asked for at once, and takes no memory. */
export interface Changes {
  note(from: number, to: number): void;
  /** All that was noted since the last call, once there is something; null at the end. Rejects with what it ended with. */
  take(): Promise<Stretch | null>;
  end(error?: unknown): void;
}

export function createChanges(): Changes {
  let noted: Stretch | null = null;
  let ended: { readonly error: unknown } | null = null;
  let wake = (): void => undefined;

  return {
    note(from, to) {
      noted = noted === null ? { from, to } : { from: Math.min(noted.from, from), to: Math.max(noted.to, to) };
      wake();
    },
    async take() {
      if (noted === null && ended === null) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
      if (ended?.error !== undefined) throw ended.error;
      const taken = ended === null ? noted : null;
      noted = null;
      return taken;
    },
    end(error) {
      ended = { error };
      wake();
    },
  };
}
