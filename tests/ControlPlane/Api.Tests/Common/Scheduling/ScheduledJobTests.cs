using System.Text.Json;
using Apc.ControlPlane.Api.Common.Scheduling;
using Apc.ControlPlane.Api.Hosting;
using Apc.ControlPlane.Api.Tests.Common.Settings;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Apc.ControlPlane.Api.Tests.Common.Scheduling;

/// <summary>Every job of the host: named by one rule, run once at a time, and known to the scheduler.</summary>
public sealed class ScheduledJobTests
{
    private static readonly Type[] Jobs =
        [.. typeof(ControlPlaneHost).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IJob)) && !type.IsAbstract)];

    public static TheoryData<string> Names => [.. Jobs.Select(job => job.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_job_is_scheduled(string name)
    {
        var key = KeyOf(name);
        await using var host = await ControlPlaneHost.BuildAsync([AllSettings.SomewhereElse]);

        Assert.True(
            host.Services.GetServices<ScheduledJob>().Any(scheduled => scheduled.Job.Equals(key)),
            $"{name} has no schedule: call quartz.AddScheduledJob<{name}> in its …Services.cs, "
                + "and that method in Hosting/ControlPlaneServices.cs.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_job_has_its_name_for_a_key_and_runs_once_at_a_time(string name)
    {
        var kebab = JsonNamingPolicy.KebabCaseLower.ConvertName(name[..^"Job".Length]);

        Assert.Equal(kebab, KeyOf(name).Name);
        Assert.True(
            Jobs.Single(job => job.Name == name).IsDefined(typeof(DisallowConcurrentExecutionAttribute), inherit: false),
            $"{name} needs [DisallowConcurrentExecution].");
    }

    private static JobKey KeyOf(string name)
    {
        var key = Jobs.Single(job => job.Name == name).GetField("Key")?.GetValue(null) as JobKey;
        Assert.True(key is not null, $"{name} needs public static readonly JobKey Key.");
        return key;
    }
}
