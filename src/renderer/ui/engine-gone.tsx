import { type ComponentProps, createContext, type ReactNode, useContext } from "react";

const Reason = createContext<string | null>(null);
const IsNeeded = createContext(false);

/** Where the reason stands, for controls whose description says something else already. */
export const REASON_ID = "engine-gone";

/** Tells all controls of the window why nothing can be done that needs the engine; null while it answers. */
export function EngineGone({ reason, children }: { reason: string | null; children: ReactNode }) {
  return (
    <Reason value={reason}>
      {children}
      <span id={REASON_ID} hidden>
        {reason}
      </span>
    </Reason>
  );
}

export interface EngineNeed {
  /** Off, and says why, while the engine is gone. Without it, as `NeedsEngine` around it says. */
  readonly needsEngine?: boolean | undefined;
}

/** All controls in it need the engine, but those that say otherwise. */
export function NeedsEngine({ children }: { children: ReactNode }) {
  return <IsNeeded value={true}>{children}</IsNeeded>;
}

/** Why a control is off; null where it is not. */
export function useEngineGone(needsEngine?: boolean): string | null {
  const reason = useContext(Reason);
  const isNeeded = useContext(IsNeeded);
  return (needsEngine ?? isNeeded) ? reason : null;
}

/** A form for the engine: while that is gone, all in it is off, and Enter sends nothing. */
export function EngineForm({ onSubmit, ...rest }: Omit<ComponentProps<"form">, "onSubmit"> & { onSubmit: () => void }) {
  const reason = useContext(Reason);
  return (
    <NeedsEngine>
      <form
        {...rest}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason === null) onSubmit();
        }}
      />
    </NeedsEngine>
  );
}
