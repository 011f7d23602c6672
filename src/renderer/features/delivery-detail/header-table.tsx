import clsx from "clsx";
import type { HeaderPairs } from "#shared/domain/headers.ts";
import { SafeText } from "../../ui/safe-text.tsx";
import { CopyButton } from "../common/copy-button.tsx";
import { headerFacts } from "./header-facts.ts";

/** Headers one per line, api.video's own standing out; `explains` says below each known one what it is. */
export function HeaderTable(props: { headers: HeaderPairs; label: string; canCopy?: boolean; explains?: boolean }) {
  const { headers, label, canCopy = false, explains = false } = props;
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
              <span className="flex items-start gap-1">
                <span className="min-w-0 wrap-anywhere">
                  <SafeText text={name} />
                </span>
                {canCopy && <HoverCopy text={name} label={`Copy the name ${name}`} />}
              </span>
            </th>
            <td className="py-1 text-t2">
              <span className="flex items-start gap-1">
                <span className="min-w-0 flex-1 wrap-anywhere">
                  {value === "" ? <span className="text-t3">(empty)</span> : <SafeText text={value} />}
                  {explains && <Meaning name={name} />}
                </span>
                {canCopy && <HoverCopy text={value} label={`Copy ${name}`} />}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function HoverCopy(props: { text: string; label: string }) {
  return (
    <span className="-my-1 flex-none opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
      <CopyButton {...props} />
    </span>
  );
}

function Meaning({ name }: { name: string }) {
  const facts = headerFacts(name);
  return facts === undefined ? null : <span className="block font-sans text-small text-t3">{facts.meaning}</span>;
}
