// There is no password: whoever has the address of this page is in.
localStorage.setItem("decap-cms-user", JSON.stringify({ backendName: "proxy" }));
