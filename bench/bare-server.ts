/** The limit to measure against: reads the body, answers 202, keeps nothing. Prints its port. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () => {
    response.statusCode = 202;
    response.setHeader("Content-Length", "0");
    response.end();
  });
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
