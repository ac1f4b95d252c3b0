using Apc.ControlPlane.Api.Hosting;

return await HostCommands.RunAsync(args);
