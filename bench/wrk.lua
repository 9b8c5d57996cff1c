-- Signs wrk in with the cookie of a session and prints the result as JSON.
-- The paths stand in the file NUAN_PATHS, one per line; each thread goes round them.  With a file NUAN_BODY it is posted, each
-- time with another number where "{n}" stands.
local paths, at, numbered = {}, 0, nil
for line in io.lines(os.getenv("NUAN_PATHS")) do paths[#paths + 1] = line end
local body = os.getenv("NUAN_BODY")
if body and body ~= "" then
    local file = io.open(body)
    wrk.method, wrk.body = "POST", file:read("*a")
    wrk.headers["Content-Type"] = os.getenv("NUAN_TYPE")
    wrk.headers["Referer"] = os.getenv("NUAN_REFERER")
    file:close()
    if wrk.body:find("{n}", 1, true) then numbered = wrk.body end
end
wrk.headers["Cookie"] = os.getenv("NUAN_COOKIE")

local number = os.time() % 1000000 * 1000000            -- no round repeats a name of the one before

function request()
    at = at % #paths + 1
    if not numbered then return wrk.format(nil, paths[at]) end
    number = number + 1
    return wrk.format(nil, paths[at], nil, (numbered:gsub("{n}", tostring(number))))
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format('\nJSON {"requests":%d,"us":%d,"p50":%d,"p95":%d,"p99":%d,"errors":%d}\n', summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(95), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
