namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>The rules for names of clusters.</summary>
public static class ClusterName
{
    /// <summary>The name without blanks at its ends.</summary>
    /// <exception cref="InvalidClusterNameException">It is empty, too long, or no line of <see cref="PlainText"/>.</exception>
    public static string Check(string given)
    {
        var name = given.Trim();

        return name.Length switch
        {
            0 => throw new InvalidClusterNameException("The name of a cluster must not be empty."),
            > Cluster.MaxNameLength => throw new InvalidClusterNameException(
                $"The name of a cluster has {name.Length} characters, but at most {Cluster.MaxNameLength} are allowed."),
            _ when PlainText.ProblemOf(name) is not null => throw new InvalidClusterNameException(
                PlainText.WhyNoLine("The name of a cluster", name, Cluster.MaxNameLength)),
            _ => name,
        };
    }
}

/// <summary>A text that cannot be the name of a cluster.</summary>
public sealed class InvalidClusterNameException(string message) : DomainException("INVALID_CLUSTER_NAME", message);
