import clsx from "clsx";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";

/** Headers one per line, api.video's own standing out. */
export function HeaderTable(props: { headers: HeaderPairs; label: string; canCopy?: boolean }) {
  const { headers, label, canCopy = false } = props;
  if (headers.length === 0) return <p className="text-t3">No headers.</p>;
  return (
    <table aria-label={label} className="w-full border-collapse font-mono text-code">
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {headers.map(([name, value], index) => (
          // Names repeat, and the order is the sender's: the place in it is all the identity a header has.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <tr key={index} className="group border-b border-line/55 align-top last:border-0">
            <th
              scope="row"
              className={clsx(
                "w-[11rem] py-1 pr-3 text-left font-normal wrap-anywhere max-sm:w-[7rem]",
                /^x-api-video-/i.test(name) ? "text-accent" : "text-t3",
              )}
            >
              <SafeText text={name} />
            </th>
            <td className="py-1 text-t2">
              <span className="flex items-start gap-1">
                <span className="min-w-0 flex-1 wrap-anywhere">
                  <SafeText text={value} />
                </span>
                {canCopy && (
                  <span className="-my-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
                    <CopyButton text={value} label={`Copy ${name}`} />
                  </span>
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
