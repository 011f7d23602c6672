import { findTarget } from "#shared/domain/named-target.ts";
import { MAX_ROUTES, type Route } from "#shared/domain/route.ts";
import { useAppState } from "../../app-context.ts";
import { Card } from "../../ui/card.tsx";
import { SafeText } from "../../ui/safe-text.tsx";
import { NamedList } from "./named-list.tsx";
import { QueryText } from "./query-text.tsx";
import { RouteForm } from "./route-form.tsx";
import { useNamedList } from "./use-named-list.ts";

/** Which deliveries go where. */
export function RoutesCard() {
  const isEmpty = useAppState(({ mirror }) => (mirror?.settings.values.routes.length ?? 0) === 0);
  return (
    <Card title="Routes">
      <div className="grid gap-3">
        <p className="text-t3">
          {isEmpty
            ? "A route sends what a search finds to the targets of your choice. Without any, all deliveries go to the default target."
            : "The first one that matches decides; all of its targets get the delivery. What none matches goes to the default target."}
        </p>
        <NamedList
          listKey="routes"
          label="Routes"
          noun="route"
          most={MAX_ROUTES}
          isOrdered
          summary={(route) => <RouteSummary route={route} />}
          Form={RouteForm}
        />
      </div>
    </Card>
  );
}

function RouteSummary({ route: { name, query, targets } }: { route: Route }) {
  const known = useNamedList("targets").items;
  const gone = targets.filter((target) => findTarget(known, target) === undefined);
  return (
    <div className="grid gap-0.5">
      <b className="wrap-anywhere">
        <SafeText text={name} />
      </b>
      <p className="wrap-anywhere">
        <QueryText query={query} />{" "}
        <span className="text-t3">
          {targets.length === 0 ? (
            "is not forwarded"
          ) : (
            <>
              goes to <SafeText text={targets.join(", ")} />
            </>
          )}
        </span>
      </p>
      {gone.length > 0 && (
        <p className="text-bad wrap-anywhere">
          There is no target <SafeText text={gone.map((target) => `“${target}”`).join(", ")} />: nothing is sent there.
        </p>
      )}
    </div>
  );
}
