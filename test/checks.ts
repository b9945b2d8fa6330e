import { spawn } from "node:child_process";

/** Lint and types side by side, which is what `npm test` begins with; fails if one of them does. */
const runs = ["lint", "types"].map(
  (name) =>
    new Promise<boolean>((resolve) => {
      const run = spawn(`npm run ${name}`, {
        shell: true,
        stdio: ["ignore", "inherit", "inherit"],
      });
      run.on("close", (code) => resolve(code === 0));
    }),
);

if ((await Promise.all(runs)).includes(false)) process.exitCode = 1;
