/** What `systemd-analyze verify` (252 and 257) says of a service's settings, and so does the audit. */
import { describe, expect, it } from "vitest";
import { audit } from "../audit.ts";

function found(settings: string): readonly string[] {
  const start = /^ExecStart=/m.test(settings) ? "" : "ExecStart=/bin/true\n";
  const unit = `[Unit]\nDescription=x\n[Service]\n${start}${settings}\n`;
  return audit("unit", unit)
    .filter(({ rule }) => rule === "unit-not-understood")
    .map(({ about }) => about);
}

describe("settings that systemd refuses or passes over", () => {
  it.each([
    ...["KillSignal=99", "MemoryMax=512MB", "MemoryHigh=half", "CPUQuota=0.5", "CPUQuota=50", "CPUWeight=0"],
    ...["TasksMax=lots", "Nice=50", "OOMScoreAdjust=-5000", "SystemCallFilter=@nosuchset", "IOSchedulingPriority=9"],
    ...["RestrictAddressFamilies=INET", "RestrictNamespaces=usr", "SystemCallArchitectures=amd64", "Slice=app"],
    ...["RuntimeDirectory=/run/gunicorn", "StateDirectory=../x", "StandardOutput=file:x.log", "LogLevelMax=loud"],
    ...["StandardOutput=/var/log/x.log", "SuccessExitStatus=SIGNOPE", "RestartForceExitStatus=256", "UtmpMode=x"],
    ...["StartLimitBurst=x", "BindPaths=a:/b", "DevicePolicy=open", "IPAddressAllow=nowhere", "ProtectProc=hidden"],
    ...["TimeoutStopFailureMode=die", "OOMPolicy=restart", "IOSchedulingClass=lazy"],
  ])("%s", (setting) => {
    expect(found(setting)).toEqual([setting]);
  });

  it("names what contradicts, and a per cent sign that was to be one", () => {
    expect(found("Type=oneshot\nRestart=always")).toEqual(["Restart=always with Type=oneshot"]);
    expect(found("Type=dbus")).toEqual(["Type=dbus without BusName="]);
    expect(found("ExecStart=/bin/sh -c 'date +%F'")).toEqual(["ExecStart=… %F"]);
  });
});

it("says that a whole service starts nothing, and nothing of a part of one", () => {
  const abouts = (text: string) => audit("unit", text).map(({ rule, about }) => `${rule} ${about}`);
  const missing = "unit-not-understood [Service] without ExecStart=";
  const install = "[Install]\nWantedBy=multi-user.target\n";
  expect(abouts(`[Service]\nUser=shop\n${install}`)).toContain(missing);
  expect(abouts(`[Service]\nUser=shop\nExecStart=/bin/a\nExecStart=\n${install}`)).toContain(missing);
  expect(abouts(`[Service]\nType=oneshot\nExecStop=/bin/true\n${install}`)).not.toContain(missing);
  expect(abouts("[Service]\nMemoryMax=1G\n")).not.toContain(missing);
});

it("knows a key that is newer than its table", () => {
  const unit = "[Unit]\nWantsMountsFor=/srv/app\n[Service]\nExecStart=/bin/true\n";
  expect(audit("unit", unit).filter(({ rule }) => rule === "unit-not-understood")).toEqual([]);
});

describe("settings that systemd takes", () => {
  it.each([
    "KillSignal=3\nFinalKillSignal=SIGKILL\nRestartKillSignal=USR1",
    "MemoryMax=512M\nMemoryHigh=80%\nMemorySwapMax=0\nMemoryLow=infinity\nMemoryMin=1024",
    "CPUQuota=150%\nCPUWeight=idle\nIOWeight=500\nTasksMax=10%\nNice=-5\nOOMScoreAdjust=-500",
    "SystemCallFilter=@system-service\nSystemCallFilter=~@privileged @resources\nSystemCallFilter=read:EPERM",
    "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\nRestrictNamespaces=~user net\nSystemCallArchitectures=native",
    "RuntimeDirectory=gunicorn gunicorn/x\nStateDirectory=x/y\nLogsDirectory=%p",
    "StandardOutput=append:/var/log/x.log\nStandardError=inherit\nStandardInput=null",
    "SuccessExitStatus=143 SIGKILL DATAERR\nRestartPreventExitStatus=1 2 SIGABRT",
    "BindPaths=/a:/b -/c\nReadWritePaths=/var/lib/x -/var/log/x +/y\nTemporaryFileSystem=/var:ro",
    "IPAddressDeny=any\nIPAddressAllow=localhost 10.0.0.0/8 2001:db8::/32\nDeviceAllow=/dev/null rw",
    "Type=oneshot\nRestart=on-failure",
    "Type=dbus\nBusName=org.example.x",
    "ExecStart=/bin/sh -c 'date +%%F; echo 50%%' %n %h --access-logformat '%(h)s'",
    "Slice=app-%i.slice\nLogLevelMax=warning\nProtectProc=invisible\nProcSubset=pid\nKeyringMode=private",
  ])("%s", (settings) => {
    expect(found(settings)).toEqual([]);
  });
});
